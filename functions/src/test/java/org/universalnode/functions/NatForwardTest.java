package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.testbed.Host;

/** Ports of wan's address that lead to a host behind lan. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class NatForwardTest {
  private static final String HOST = "10.0.0.2";
  private static final String LAN = "10.0.0.1";
  private static final String WAN = "198.51.100.10";
  private static final String CLIENT = "198.51.100.2";
  private static final String WEB =
      "{ \"protocol\": \"tcp\", \"port\": 80, \"to\": \"10.0.0.2\", \"to-port\": 8080 }";

  @TempDir Path state;
  private Lab lab;
  private Host host;
  private Host client;

  @BeforeEach
  void start() {
    lab = new Lab(state, HOST + "/24", CLIENT + "/24");
    host = lab.host(0);
    client = lab.host(1);
    host.route("198.51.100.0/24", LAN);
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void aForwardedPortLeadsToTheHostWhichSeesTheClient() {
    lab.apply(forwarding(WEB));
    try (Connection web = open(client, 80, 8080)) {
      assertThat(web.carries("hello")).isTrue();
      assertThat(web.clientAsSeen()).isEqualTo(CLIENT);
    }
  }

  @Test
  void aRangeKeepsItsPortsAndOtherPortsStayShut() {
    lab.apply(
        forwarding("{ \"protocol\": \"udp\", \"port\": \"5000-5002\", \"to\": \"10.0.0.2\" }"));
    assertThat(Datagrams.between(client, host, WAN).arriving(4999, 5000, 5001, 5002, 5003))
        .containsExactly(5000, 5001, 5002);
    client.route("10.0.0.0/24", WAN);
    assertThat(Datagrams.between(client, host, HOST).arriving(5000)).isEmpty();
  }

  @Test
  void aHostOfLanIsServedAtTheAddressOfWanToo() {
    lab.apply(forwarding(WEB));
    try (Connection web = open(host, 80, 8080)) {
      assertThat(web.carries("hello")).isTrue();
      assertThat(web.clientAsSeen()).isEqualTo(LAN);
    }
  }

  @Test
  void withoutMasqueradeForwardedPortsWorkToo() {
    lab.apply(nat("{ \"masquerade\": false, \"forward\": [%s] }".formatted(WEB)));
    try (Connection web = open(client, 80, 8080)) {
      assertThat(web.carries("hello")).isTrue();
    }
  }

  @Test
  void anUpdateKeepsWhatCameInByAForwardedPort() {
    lab.apply(forwarding(WEB));
    try (Connection web = open(client, 80, 8080)) {
      lab.apply(forwarding(WEB.replace("80,", "81,")));
      assertThat(web.carries("still here")).isTrue();
      try (Connection other = open(client, 81, 8080)) {
        assertThat(other.carries("hello")).isTrue();
      }
      lab.apply(nat("{}"));
      assertThat(web.carries("still here")).isTrue();
    }
    assertThat(Datagrams.between(client, host, WAN).arriving(80)).isEmpty();
  }

  @Test
  void eachRefusedEntryNamesItsElement() {
    assertSoftly(
        softly ->
            Map.of(
                    "7",
                    "/forward/1 must be an object, not number",
                    "{ \"protocol\": \"tcp\", \"to\": \"10.0.0.2\" }",
                    "/forward/1 needs a port",
                    entry("\"port\": \"0-5\""),
                    "/forward/1/port must be a port from 1 to 65535",
                    entry("\"port\": \"9-8\""),
                    "/forward/1/port must not end before it begins",
                    entry("\"port\": 80"),
                    "/forward/1/port is forwarded by /forward/0 already",
                    entry("\"port\": \"70-90\""),
                    "/forward/1/port is forwarded by /forward/0",
                    entry("\"port\": 1, \"to-port\": 0"),
                    "/forward/1/to-port must be a port",
                    entry("\"port\": \"1-2\", \"to-port\": 1"),
                    "/forward/1/to-port is for one port",
                    entry("\"port\": 1").replace("10.0.0.2", "224.0.0.1"),
                    "/forward/1/to must be",
                    entry("\"port\": 1").replace("tcp", "icmp"),
                    "/forward/1/protocol must be")
                .forEach(
                    (entry, said) ->
                        softly
                            .assertThat(lab.refusal(forwarding(WEB + "," + entry)).detail())
                            .contains("configuration " + said)));
    assertThat(lab.hasGraph()).isFalse();
  }

  /** Connects {@code from} to a port of wan's address; the host listens at another. */
  private Connection open(Host from, int port, int listening) {
    return Connection.translated(from, WAN, port).to(host, HOST, listening);
  }

  private static String entry(String members) {
    return "{ \"protocol\": \"tcp\", \"to\": \"10.0.0.2\", %s }".formatted(members);
  }

  private Graph forwarding(String entries) {
    return nat("{ \"forward\": [%s] }".formatted(entries));
  }

  private Graph nat(String configuration) {
    return new Graph()
        .endPoint("lan", host)
        .endPoint("wan", client)
        .function(
            """
            { "id": "nat", "functional-capability": "nat", "configuration": %s,
              "ports": [{ "id": "lan:0", "unify-ip": "10.0.0.1/24" },
                        { "id": "wan:0", "unify-ip": "198.51.100.10/24" }] }"""
                .formatted(configuration))
        .join("endpoint:lan", "vnf:nat:lan:0")
        .join("vnf:nat:wan:0", "endpoint:wan");
  }
}
