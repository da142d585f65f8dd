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

/** Host lan and the server in wan's subnet, which has an address in another subnet as well. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class NatTest {
  private static final String LAN = "10.0.0.2";
  private static final String NAT = "198.51.100.10";
  private static final String SERVER = "198.51.100.2";
  private static final String ELSEWHERE = "203.0.113.2";

  @TempDir Path state;
  private Lab lab;
  private Host lan;
  private Host server;

  @BeforeEach
  void start() {
    lab = new Lab(state, LAN + "/24", SERVER + "/24");
    lan = lab.host(0);
    server = lab.host(1);
    lan.route("198.51.100.0/24", "10.0.0.1");
    lan.route("203.0.113.0/24", "10.0.0.1");
    server.address(ELSEWHERE + "/24");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void theServerSeesTheAddressOfWan() {
    lab.apply(nat("{}"));
    assertThat(lan.connect(server, SERVER, 80)).contains(NAT);
  }

  @Test
  void wanCannotOpenConnectionsToLan() {
    server.route("10.0.0.0/24", NAT);
    lab.apply(nat("{}"));
    assertThat(server.connect(lan, LAN, 80)).isEmpty();
    assertThat(Datagrams.between(server, lan, LAN).arriving(53)).isEmpty();
  }

  @Test
  void whatIsElsewhereIsReachedByTheGatewayOnly() {
    lab.apply(nat("{}"));
    Datagrams elsewhere = Datagrams.between(lan, server, ELSEWHERE);
    assertThat(elsewhere.arriving(53)).isEmpty();
    lab.apply(nat("{ \"gateway\": \"%s\" }".formatted(SERVER)));
    assertThat(elsewhere.arriving(53)).containsExactly(53);
    assertThat(lan.connect(server, ELSEWHERE, 80)).contains(NAT);
  }

  @Test
  void aGatewayThatTheConfigurationDropsIsUsedNoLonger() {
    lab.apply(nat("{ \"gateway\": \"%s\" }".formatted(SERVER)));
    assertThat(lan.connect(server, ELSEWHERE, 80)).contains(NAT);
    lab.apply(nat("{}"));
    assertThat(Datagrams.between(lan, server, ELSEWHERE).arriving(53)).isEmpty();
    assertThat(lan.connect(server, SERVER, 80)).contains(NAT);
  }

  @Test
  void withoutMasqueradeTheServerSeesTheHostItself() {
    server.route("10.0.0.0/24", NAT);
    lab.apply(nat("{ \"masquerade\": false }"));
    assertThat(lan.connect(server, SERVER, 80)).contains(LAN);
    assertThat(server.connect(lan, LAN, 80)).isEmpty();
  }

  @Test
  void anUpdateKeepsOpenConnections() {
    lab.apply(nat("{}"));
    try (Connection connection = Connection.open(lan, server, SERVER, 80)) {
      assertThat(connection.carries("before")).isTrue();
      lab.apply(nat("{ \"gateway\": \"%s\" }".formatted(SERVER)));
      assertThat(connection.carries("with a gateway")).isTrue();
      lab.apply(nat("{ \"masquerade\": false }"));
      assertThat(connection.carries("as it was opened")).isTrue();
    }
  }

  @Test
  void aSourceAddressThatDoesNotBelongToLanIsDropped() {
    lab.apply(nat("{}"));
    lan.address("192.0.2.7/32");
    Datagrams toServer = Datagrams.between(lan, server, SERVER);
    assertThat(toServer.sentFrom("192.0.2.7", 5000).arriving(53)).isEmpty();
    assertThat(toServer.sentFrom(LAN, 5000).arriving(53)).containsExactly(53);
  }

  @Test
  void eachRefusedConfigurationNamesItsElement() {
    assertSoftly(
        softly ->
            Map.of(
                    "{ \"gateway\": \"198.51.100\" }", "/gateway must be an IPv4 address",
                    "{ \"gateway\": \"198.51.100.256\" }", "/gateway must be an IPv4 address",
                    "{ \"gateway\": 1 }", "/gateway must be an IPv4 address",
                    "{ \"gateway\": \"192.0.2.1\" }", "/gateway 192.0.2.1 is not in the subnet",
                    "{ \"masquerade\": \"no\" }", "/masquerade must be true or false, not \"no\"",
                    "{ \"gate\": \"10.0.0.1\" }", "(whole) has the unknown key \"gate\"")
                .forEach(
                    (configuration, said) ->
                        softly
                            .assertThat(lab.refusal(nat(configuration)).detail())
                            .contains("configuration " + said)));
    assertThat(lab.hasGraph()).isFalse();
  }

  @Test
  void aPortWithoutAddressIsRefused() {
    Graph graph =
        lanToWan(
            """
            { "id": "nat", "functional-capability": "nat",
              "ports": [{ "id": "lan:0", "unify-ip": "10.0.0.1/24" }, { "id": "wan:0" }] }""");
    assertThat(lab.refusal(graph).detail())
        .endsWith("port wan (wan0) has no IPv4 subnet: set its unify-ip");
    assertThat(lab.hasGraph()).isFalse();
  }

  private Graph nat(String configuration) {
    return lanToWan(
        """
        { "id": "nat", "functional-capability": "nat", "configuration": %s,
          "ports": [{ "id": "lan:0", "unify-ip": "10.0.0.1/24" },
                    { "id": "wan:0", "unify-ip": "198.51.100.10/24" }] }"""
            .formatted(configuration));
  }

  private Graph lanToWan(String nat) {
    return new Graph()
        .endPoint("lan", lan)
        .endPoint("wan", server)
        .function(nat)
        .join("endpoint:lan", "vnf:nat:lan:0")
        .join("vnf:nat:wan:0", "endpoint:wan");
  }
}
