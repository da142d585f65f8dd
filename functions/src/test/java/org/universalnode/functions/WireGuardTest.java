package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.testbed.Host;

/** Two functions back to back, wan to wan, with a host in the lan of each. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class WireGuardTest {
  private static final String HOME = "10.0.0.2";
  private static final String OFFICE = "10.1.0.2";
  private static final String HOME_KEY = "wLpdwKNCoWt0TpGJ9BdpOvEBK1ITq2f3iSTtaIab4kQ=";
  private static final String HOME_PUBLIC = "S94OlOP/Ng8Zo/7oKblGTcQwVuOyGVMC9FLWjFG4Mmk=";
  private static final String OFFICE_KEY = "gGuLRXv9oi/I23/wSt5Yi58Tb15+qWygToYj/ywGVng=";
  private static final String OFFICE_PUBLIC = "LsSvA3EjmgLgP2MQPx+061q2/pBQtE+vjktx3evhCy8=";
  private static final String STRANGER = "WWnB3ifY8AOW2vvouBzm6cwRcjZS0lvnpPrrmMOvyjA=";

  @TempDir Path state;
  private Lab lab;
  private Host home;
  private Host office;

  @BeforeEach
  void start() {
    lab = new Lab(state, HOME + "/24", OFFICE + "/24");
    home = lab.host(0);
    office = lab.host(1);
    home.route("10.1.0.0/24", "10.0.0.1");
    home.route("198.51.100.0/24", "10.0.0.1");
    office.route("10.0.0.0/24", "10.1.0.1");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void hostsOfBothSidesReachEachOtherByTheirOwnAddresses() {
    lab.apply(tunnel(home(OFFICE_PUBLIC), office(HOME_PUBLIC)));
    assertThat(home.connect(office, OFFICE, 80)).contains(HOME);
    assertThat(office.connect(home, HOME, 80)).contains(OFFICE);
    JsonObject peer = peer("home");
    assertThat(peer.get("public-key").getAsString()).isEqualTo(OFFICE_PUBLIC);
    assertThat(peer.get("handshake-age-seconds").getAsLong()).isBetween(0L, 60L);
    assertThat(peer.get("sent-bytes").getAsLong()).isPositive();
    assertThat(peer.get("received-bytes").getAsLong()).isPositive();
  }

  @Test
  void whoHasAnotherKeyGetsNothingThrough() {
    lab.apply(tunnel(home(OFFICE_PUBLIC), office(STRANGER)));
    assertThat(Datagrams.between(home, office, OFFICE).arriving(53)).isEmpty();
    assertThat(peer("office").get("handshake-age-seconds").isJsonNull()).isTrue();
    lab.apply(tunnel(home(OFFICE_PUBLIC), office(HOME_PUBLIC)));
    await().untilAsserted(() -> assertThat(home.connect(office, OFFICE, 80)).contains(HOME));
  }

  @Test
  void nothingOfLanLeavesUnencrypted() {
    lab.apply(bare(home("[]"), office));
    office.address("198.51.100.20/24");
    assertThat(home.connect(office, "198.51.100.20", 80)).isEmpty();
    assertThat(Datagrams.between(home, office, "198.51.100.20").arriving(53)).isEmpty();
  }

  @Test
  void anUpdateKeepsTheConnectionsOfPeersThatStay() {
    lab.apply(tunnel(home(OFFICE_PUBLIC), office(HOME_PUBLIC)));
    try (Connection connection = Connection.open(home, office, OFFICE, 80)) {
      long sent = sentToOffice();
      String another =
          peerOf(OFFICE_PUBLIC, 2, "10.1.0.0/24") + "," + peerOf(STRANGER, 3, "10.7.0.0/16");
      lab.apply(tunnel(home("[" + another + "]"), office(HOME_PUBLIC)));
      assertThat(connection.carries("still here")).isTrue();
      assertThat(sentToOffice()).isGreaterThan(sent);
      assertThat(lab.report("home").getAsJsonArray("peers")).hasSize(2);
      lab.apply(tunnel(home(OFFICE_PUBLIC), office(HOME_PUBLIC)));
      assertThat(lab.report("home").getAsJsonArray("peers")).hasSize(1);
      assertThat(connection.carries("and now")).isTrue();
    }
  }

  @Test
  void aKeyOfItsOwnIsMadeOnceAndNeverTold() throws IOException {
    String unkeyed = home(OFFICE_PUBLIC).replace("\"private-key\": \"" + HOME_KEY + "\",", "");
    lab.apply(tunnel(unkeyed, office(STRANGER)));
    String own = lab.report("home").get("public-key").getAsString();
    lab.apply(tunnel(unkeyed.replace("1420", "1400"), office(own)));
    assertThat(lab.report("home").get("public-key").getAsString()).isEqualTo(own);
    await().untilAsserted(() -> assertThat(home.connect(office, OFFICE, 80)).contains(HOME));
    try (Stream<Path> files = Files.walk(state)) {
      List<Path> logs = files.filter(file -> file.endsWith("log")).toList();
      assertThat(logs).hasSize(2);
      for (Path log : logs) {
        assertThat(Files.readString(log)).doesNotContain(OFFICE_KEY);
      }
    }
    assertThat(lab.report("office").toString()).doesNotContain(OFFICE_KEY);
  }

  @Test
  void eachRefusedConfigurationNamesItsElementAndNoKey() {
    assertSoftly(
        softly ->
            Map.of(
                    "{ \"private-key\": \"" + HOME_KEY + "A\" }",
                    "/private-key must be a key",
                    "{ \"mtu\": 100 }",
                    "/mtu must be a whole number from 576 to 9000, not 100",
                    "{ \"gateway\": \"192.0.2.1\" }",
                    "/gateway 192.0.2.1 is not in the subnet",
                    "{ \"address\": [\"10.9.0.1\"] }",
                    "/address/0 must be an IPv4 address with",
                    home("[{}]"),
                    "/peers/0 needs a public-key",
                    home("[" + peerOf(STRANGER, 2, "10.1.0.1/24") + "]"),
                    "/peers/0/allowed-ips/0 has bits behind its prefix length: 10.1.0.1/24",
                    home("[%1$s, %1$s]".formatted(peerOf(STRANGER, 2, "10.1.0.0/24"))),
                    "/peers/1 has the same public-key as /peers/0",
                    home(OFFICE_PUBLIC).replace("198.51.100.2:", "office:"),
                    "/peers/0/endpoint must be an IPv4 address and a port")
                .forEach(
                    (configuration, said) ->
                        softly
                            .assertThat(lab.refusal(bare(configuration, office)).detail())
                            .contains("configuration " + said)
                            .doesNotContain(HOME_KEY)));
    assertThat(lab.hasGraph()).isFalse();
  }

  /** Of several peers, which come in any order. */
  private long sentToOffice() {
    return lab.report("home").getAsJsonArray("peers").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(peer -> peer.get("public-key").getAsString().equals(OFFICE_PUBLIC))
        .mapToLong(peer -> peer.get("sent-bytes").getAsLong())
        .sum();
  }

  /** The only one. */
  private JsonObject peer(String function) {
    return lab.report(function).getAsJsonArray("peers").get(0).getAsJsonObject();
  }

  /** With one peer, or a list of them. */
  private static String home(String peer) {
    String peers = peer.startsWith("[") ? peer : "[%s]".formatted(peerOf(peer, 2, "10.1.0.0/24"));
    return """
    { "private-key": "%s", "listen-port": 51820, "mtu": 1420, "peers": %s }"""
        .formatted(HOME_KEY, peers);
  }

  private static String office(String peer) {
    return """
    { "private-key": "%s", "listen-port": 51820, "peers": [%s] }"""
        .formatted(OFFICE_KEY, peerOf(peer, 1, "10.0.0.0/24"));
  }

  private static String peerOf(String key, int host, String network) {
    return """
    { "public-key": "%s", "endpoint": "198.51.100.%d:51820", "allowed-ips": ["%s"] }"""
        .formatted(key, host, network);
  }

  private static String function(String id, int site, String configuration) {
    return """
    { "id": "%s", "functional-capability": "wireguard", "configuration": %s,
      "ports": [{ "id": "lan:0", "unify-ip": "10.%d.0.1/24" },
                { "id": "wan:0", "unify-ip": "198.51.100.%d/24" }] }"""
        .formatted(id, configuration, site, site + 1);
  }

  private Graph tunnel(String atHome, String atOffice) {
    return new Graph()
        .endPoint("home", home)
        .endPoint("office", office)
        .function(function("home", 0, atHome))
        .function(function("office", 1, atOffice))
        .join("endpoint:home", "vnf:home:lan:0")
        .join("vnf:home:wan:0", "vnf:office:wan:0")
        .join("vnf:office:lan:0", "endpoint:office");
  }

  /** One function alone, and a host in the subnet of its wan. */
  private Graph bare(String configuration, Host outside) {
    return new Graph()
        .endPoint("home", home)
        .endPoint("wan", outside)
        .function(function("home", 0, configuration))
        .join("endpoint:home", "vnf:home:lan:0")
        .join("vnf:home:wan:0", "endpoint:wan");
  }
}
