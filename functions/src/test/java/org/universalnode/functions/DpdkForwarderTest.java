package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** It takes a core whole, so there is one test, and no other one meanwhile. */
@Isolated
@EnabledIf(
    value = "isThere",
    disabledReason = "needs root and dpdk-testpmd: install Debian's dpdk-dev")
class DpdkForwarderTest {
  @TempDir Path state;
  private Lab lab;

  static boolean isThere() {
    return System.getProperty("user.name").equals("root")
        && Files.isExecutable(Path.of("/usr/bin/dpdk-testpmd"));
  }

  @BeforeEach
  void start() {
    lab = new Lab(state, "10.0.0.1/24", "10.0.0.2/24");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void twoHostsTalkThroughItAndItTellsHowItIs() {
    assertThat(lab.refusal(graph(", \"configuration\": { \"speed\": 1 }")).detail())
        .contains("has no settings");
    assertThat(lab.hasGraph()).isFalse();
    lab.apply(graph(""));
    assertThat(lab.host(0).connect(lab.host(1), "10.0.0.2", 80)).contains("10.0.0.1");
    assertThat(lab.host(1).connect(lab.host(0), "10.0.0.1", 80)).contains("10.0.0.2");
    assertThat(lab.report("forwarder").get("ports").getAsInt()).isEqualTo(2);
    assertThat(lab.log("forwarder")).contains("Set io packet forwarding mode");
    lab.delete();
    assertThat(lab.hasGraph()).isFalse();
  }

  private Graph graph(String more) {
    return new Graph()
        .function(
            """
            { "id": "forwarder", "vnf_template": "dpdk-forwarder",
              "ports": [{ "id": "lan:0" }, { "id": "wan:0" }]%s }"""
                .formatted(more))
        .endPoint("0", lab.host(0))
        .endPoint("1", lab.host(1))
        .join("endpoint:0", "vnf:forwarder:lan:0")
        .join("vnf:forwarder:wan:0", "endpoint:1");
  }
}
