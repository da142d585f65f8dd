package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.testbed.Host;

/** A host at lan, and at wan a gateway that also has an address behind the tunnel. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class IpsecClientTest {
  private static final String GATEWAY = "198.51.100.2";
  private static final String INSIDE = "10.2.0.1";
  private static final String KEY = "swordfish-4711";

  @TempDir Path state;
  @TempDir Path folder;
  private Lab lab;
  private Host lan;
  private Host wan;

  @BeforeEach
  void start() {
    lab = new Lab(state, "10.0.0.2/24", GATEWAY + "/24");
    lan = lab.host(0);
    wan = lab.host(1);
    lan.route("10.2.0.0/24", "10.0.0.1");
    wan.address(INSIDE + "/32");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void whatLeavesWanIsEncrypted() throws IOException {
    Path frames = folder.resolve("frames");
    try (IpsecGateway gateway = IpsecGateway.withKey(wan, folder, GATEWAY, KEY);
        Program capture =
            Program.on(wan, folder, "tcpdump", "-i", "eth0", "-U", "-w", frames.toString())) {
      await().until(() -> capture.printed().contains("listening on"));
      lab.apply(client(psk(KEY, "")));
      awaitTunnel();
      try (Connection connection = Connection.open(lan, wan, INSIDE, 80)) {
        assertThat(connection.carries("nobody-may-read-this")).isTrue();
      }
      assertThat(lan.connect(wan, INSIDE, 81)).contains("10.0.0.2");
      assertThat(wan.connect(lan, "10.0.0.2", 82)).contains(INSIDE);
      await().until(() -> Files.size(frames) > 3_000);
      assertThat(Files.readString(frames, ISO_8859_1)).doesNotContain("nobody-may-read-this");
      assertThat(inTheClear(frames)).isEmpty();
      JsonObject tunnel = lab.report("vpn").getAsJsonArray("tunnels").get(0).getAsJsonObject();
      assertThat(tunnel.get("cipher").getAsString()).isEqualTo("ESP:AES_GCM_16-128");
      assertThat(tunnel.get("bytes-out").getAsLong()).isPositive();
      assertThat(tunnel.get("bytes-in").getAsLong()).isPositive();
      assertThat(gateway.said("established")).isTrue();
    }
  }

  @Test
  void theSecretIsNeitherInTheLogNorInTheStatusNorInAnArgument() {
    try (IpsecGateway gateway = IpsecGateway.withKey(wan, folder, GATEWAY, KEY)) {
      lab.apply(client(psk(KEY, "")));
      awaitTunnel();
      assertThat(lab.log("vpn")).contains("established").doesNotContain(KEY);
      assertThat(lab.function("g", "vpn").toString()).doesNotContain(KEY);
      assertThat(ProcessHandle.allProcesses().map(each -> each.info().commandLine().orElse("")))
          .noneMatch(line -> line.contains(KEY));
      assertThat(gateway.said(KEY)).isFalse();
    }
  }

  @Test
  void aWrongKeyIsSaidInTheStatusAndARightOneMakesTheTunnel() {
    try (IpsecGateway gateway = IpsecGateway.withKey(wan, folder, GATEWAY, KEY)) {
      lab.apply(client(psk("wrong", "")));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> reason().endsWith("it says AUTHENTICATION_FAILED"));
      assertThat(reason()).startsWith("no tunnel: 198.51.100.2 is asked again every 10 s");
      assertThat(Datagrams.between(lan, wan, INSIDE).arriving(53)).isEmpty();
      lab.apply(client(psk(KEY, "")));
      awaitTunnel();
      assertThat(lan.connect(wan, INSIDE, 80)).contains("10.0.0.2");
      assertThat(gateway.said("AUTH_FAILED")).isTrue();
    }
  }

  @Test
  void aGatewayThatIsAbsentFailsNoGraphAndHearsWhenTheGraphEnds() {
    lab.apply(client(psk(KEY, "")));
    assertThat(reason()).isEqualTo("no tunnel: 198.51.100.2 has not answered yet");
    try (IpsecGateway gateway = IpsecGateway.withKey(wan, folder, GATEWAY, KEY)) {
      awaitTunnel();
      lab.delete();
      await().until(() -> gateway.said("received DELETE for IKE_SA"));
    }
  }

  @Test
  void certificatesWork() throws IOException {
    Certificates certificates = Certificates.in(folder);
    try (IpsecGateway gateway = IpsecGateway.withCertificate(wan, folder)) {
      Gson gson = new Gson();
      lab.apply(
          client(
              """
              { "remote": "198.51.100.2", "remote-subnets": ["10.2.0.0/24"],
                "local-id": "client.example", "remote-id": "gateway.example",
                "certificate": %s, "private-key": %s, "ca": %s }"""
                  .formatted(
                      gson.toJson(certificates.client()),
                      gson.toJson(certificates.clientKey()),
                      gson.toJson(certificates.authority()))));
      awaitTunnel();
      assertThat(lan.connect(wan, INSIDE, 80)).contains("10.0.0.2");
      assertThat(gateway.said("authentication of 'client.example' with ECDSA")).isTrue();
    }
  }

  @Test
  void anUpdateThatIsRefusedLeavesTheTunnelUp() {
    try (IpsecGateway gateway = IpsecGateway.withKey(wan, folder, GATEWAY, KEY)) {
      lab.apply(client(psk(KEY, "")));
      awaitTunnel();
      try (Connection connection = Connection.open(lan, wan, INSIDE, 80)) {
        assertThat(lab.refusal(client(psk(KEY, ", \"proposals\": [\"nonsense\"]"))).detail())
            .contains("loading connection 'tunnel' failed: invalid value for: proposals");
        lab.apply(client(psk(KEY, ", \"gateway\": \"198.51.100.3\"")));
        assertThat(connection.carries("still here")).isTrue();
      }
      assertThat(gateway.said("received DELETE")).isFalse();
    }
  }

  @Test
  void eachRefusedConfigurationNamesItsElement() {
    assertSoftly(
        softly ->
            Map.of(
                    "{}",
                    "/remote is needed",
                    "{ \"remote\": \"vpn.example\" }",
                    "/remote must be an IPv4 address",
                    "{ \"remote\": \"192.0.2.1\" }",
                    "(whole) needs psk, or certificate",
                    "{ \"remote\": \"192.0.2.1\", \"psk\": \"x\" }",
                    "/remote-subnets is needed",
                    psk("x\", \"ca\": \"y", ""),
                    "/psk and a certificate are two ways",
                    psk("x", ", \"local-id\": \"a\\\"b\""),
                    "/local-id must be 1 to 255",
                    psk("x", ", \"dpd-delay\": 0"),
                    "/dpd-delay must be 1 to 3600 seconds",
                    psk("x", ", \"esp-proposals\": [\"a b\"]"),
                    "/esp-proposals/0 must be a",
                    psk("x", ", \"start-action\": \"trap\""),
                    "/start-action must be start or")
                .forEach(
                    (configuration, said) ->
                        softly
                            .assertThat(lab.refusal(client(configuration)).detail())
                            .contains("configuration " + said)));
    assertThat(lab.hasGraph()).isFalse();
  }

  /** Lines of IPv4 packets that are neither IKE nor ESP in UDP. */
  private List<String> inTheClear(Path frames) {
    String filter = "ip and not udp port 500 and not udp port 4500";
    String shown = Program.ran(wan, folder, "tcpdump", "-n", "-r", frames.toString(), filter);
    return shown.lines().filter(line -> !line.startsWith("reading from file")).toList();
  }

  private void awaitTunnel() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> lab.function("g", "vpn").get("healthy").getAsBoolean());
  }

  private String reason() {
    return lab.function("g", "vpn").get("reason").getAsString();
  }

  private static String psk(String key, String more) {
    return """
    { "remote": "198.51.100.2", "remote-subnets": ["10.2.0.0/24"], "psk": "%s"%s }"""
        .formatted(key, more);
  }

  private Graph client(String configuration) {
    return new Graph()
        .endPoint("lan", lan)
        .endPoint("wan", wan)
        .function(
            """
            { "id": "vpn", "functional-capability": "ipsec-client", "configuration": %s,
              "ports": [{ "id": "lan:0", "unify-ip": "10.0.0.1/24" },
                        { "id": "wan:0", "unify-ip": "198.51.100.10/24" }] }"""
                .formatted(configuration))
        .join("endpoint:lan", "vnf:vpn:lan:0")
        .join("vnf:vpn:wan:0", "endpoint:wan");
  }
}
