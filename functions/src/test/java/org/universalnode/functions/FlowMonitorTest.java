package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.testbed.Host;

/** Flows between two hosts of one subnet, and a third host that collects them. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class FlowMonitorTest {
  private static final String LAN = "10.0.0.1";
  private static final String WAN = "10.0.0.2";
  private static final int IP_AND_UDP = 20 + 8;

  @TempDir Path state;
  private Lab lab;
  private Host lan;
  private Host wan;
  private Host collector;

  @BeforeEach
  void start() {
    lab = new Lab(state, LAN + "/24", WAN + "/24", "192.0.2.1/24");
    lan = lab.host(0);
    wan = lab.host(1);
    collector = lab.host(2);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void aFlowIsCountedToTheByte() throws IOException {
    lab.apply(monitor("{}"));
    send(5, 4000, 53, "0123456789");
    JsonObject flow = flowTo(53);
    assertThat(flow.get("source").getAsString()).isEqualTo(LAN);
    assertThat(flow.get("destination").getAsString()).isEqualTo(WAN);
    assertThat(flow.get("protocol").getAsString()).isEqualTo("udp");
    assertThat(flow.get("source-port").getAsInt()).isEqualTo(4000);
    assertThat(flow.get("packets").getAsInt()).isEqualTo(5);
    assertThat(flow.get("bytes").getAsInt()).isEqualTo(5 * (IP_AND_UDP + 10));
    assertThat(flow.get("first-seconds-ago").getAsInt())
        .isBetween(flow.get("last-seconds-ago").getAsInt(), 60);
  }

  @Test
  void bothDirectionsOfAConnectionAreFlowsAndTheirAddressesTalkers() {
    lab.apply(monitor("{}"));
    assertThat(lan.connect(wan, WAN, 80)).contains(LAN);
    JsonObject report = lab.report("monitor");
    assertThat(addresses(report, "top-flows", "source")).contains(LAN, WAN);
    assertThat(addresses(report, "top-talkers", "address")).containsExactlyInAnyOrder(LAN, WAN);
    assertThat(report.getAsJsonObject("wan-to-lan").get("packets").getAsInt()).isPositive();
  }

  @Test
  void flowsBeyondTheLimitPassAndAreCountedTogether() throws IOException {
    lab.apply(monitor("{ \"most-flows\": 64 }"));
    Integer[] ports = IntStream.range(5000, 5100).boxed().toArray(Integer[]::new);
    assertThat(Datagrams.between(lan, wan, WAN).arriving(ports)).hasSize(100);
    JsonObject report = lab.report("monitor");
    int beyond = report.getAsJsonObject("beyond-limit").get("packets").getAsInt();
    assertThat(beyond).isBetween(1, 100 - 50);
    assertThat(report.getAsJsonObject("lan-to-wan").get("packets").getAsInt())
        .isGreaterThanOrEqualTo(100);
    assertThat(report.get("flows").getAsInt()).isLessThan(100);
  }

  @Test
  void anUpdateOfTheExportLosesNeitherPacketsNorCounts() throws IOException {
    lab.apply(monitor("{}"));
    send(3, 4000, 53, "hello");
    Conversation conversation = new Conversation(lan, wan, WAN, 5000);
    try (conversation) {
      lab.apply(monitor(export("")));
      lab.apply(monitor("{}"));
      lab.apply(monitor("{ \"window-seconds\": 60 }"));
    }
    assertThat(conversation.lost()).isZero();
    assertThat(conversation.answered()).isPositive();
  }

  @Test
  void whatIsCountedStaysWhenOnlyTheExportChanges() throws IOException {
    lab.apply(monitor("{}"));
    send(3, 4000, 53, "hello");
    lab.apply(monitor(export("")));
    send(3, 4000, 53, "hello");
    assertThat(flowTo(53).get("packets").getAsInt()).isEqualTo(6);
    assertThat(lab.report("monitor").get("exporting").getAsBoolean()).isTrue();
  }

  @Test
  @Timeout(60)
  void theCollectorGetsFlowsInTheVersionAskedFor() throws IOException {
    try (DatagramChannel receiver = collector.udp(2055)) {
      lab.apply(monitor(export(", \"version\": 10")));
      send(3, 4000, 53, "hello");
      assertThat(versionOfNext(receiver)).isEqualTo(10);
      lab.apply(monitor(export(", \"version\": 5")));
      send(3, 4000, 53, "hello");
      int version = versionOfNext(receiver);
      while (version == 10) {
        version = versionOfNext(receiver);
      }
      assertThat(version).isEqualTo(5);
    }
  }

  @Test
  void eachRefusedConfigurationNamesItsElement() {
    assertSoftly(
        softly ->
            Map.of(
                    "{ \"most-flows\": 63 }",
                    "/most-flows must be a whole number from 64 to 4096",
                    "{ \"window-seconds\": \"1\" }",
                    "/window-seconds must be a whole number",
                    "{ \"export\": {} }",
                    "/export needs a collector",
                    export(", \"version\": 7"),
                    "/export/version must be 5 or 9 or 10, not 7",
                    export("").replace(":2055", ""),
                    "/export/collector must be an IPv4 address",
                    export("").replace("192.0.2.1", "203.0.113.1"),
                    "/export/collector 203.0.113.1 is not in the subnet of port collector",
                    "{ \"flows\": 1 }",
                    "(whole) has the unknown key \"flows\"")
                .forEach(
                    (configuration, said) ->
                        softly
                            .assertThat(lab.refusal(monitor(configuration)).detail())
                            .contains("configuration " + said)));
    assertThat(lab.hasGraph()).isFalse();
  }

  private static int versionOfNext(DatagramChannel receiver) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(1500);
    receiver.receive(packet);
    return packet.flip().getShort();
  }

  private void send(int count, int from, int to, String text) throws IOException {
    try (DatagramChannel sender = lan.udp(from);
        DatagramChannel receiver = wan.udp(to)) {
      for (int i = 0; i < count; i++) {
        Host.send(sender, text, WAN, to);
        assertThat(Host.receive(receiver)).contains(text);
      }
    }
  }

  private JsonObject flowTo(int port) {
    return lab.report("monitor").getAsJsonArray("top-flows").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(flow -> flow.has("destination-port"))
        .filter(flow -> flow.get("destination-port").getAsInt() == port)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> addresses(JsonObject report, String list, String key) {
    return report.getAsJsonArray(list).asList().stream()
        .map(each -> each.getAsJsonObject().get(key).getAsString())
        .toList();
  }

  private static String export(String more) {
    return """
    { "export": { "collector": "192.0.2.1:2055", "active-seconds": 1 %s } }"""
        .formatted(more);
  }

  private Graph monitor(String configuration) {
    return new Graph()
        .endPoint("lan", lan)
        .endPoint("wan", wan)
        .endPoint("collector", collector)
        .function(
            """
            { "id": "monitor", "functional-capability": "flow-monitor", "configuration": %s,
              "ports": [{ "id": "lan:0" }, { "id": "wan:0" },
                        { "id": "collector:0", "unify-ip": "192.0.2.10/24" }] }"""
                .formatted(configuration))
        .join("endpoint:lan", "vnf:monitor:lan:0")
        .join("vnf:monitor:wan:0", "endpoint:wan")
        .join("vnf:monitor:collector:0", "endpoint:collector");
  }
}
