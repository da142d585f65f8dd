package org.universalnode.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.testbed.Host;

/** Two hosts in subnets of the router; behind the second one there are more, of both families. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class RouterTest {
  private static final String NEAR = "10.0.0.2";
  private static final String FAR = "10.0.1.2";
  private static final String BEHIND = "203.0.113.2";
  private static final String FAR6 = "2001:db8:1::2";
  private static final String BEHIND6 = "2001:db8:ff::2";
  private static final String ADDRESSES =
      """
      "addresses": { "port:0": ["2001:db8::1/64"], "port:1": ["2001:db8:1::1/64"] }""";
  private static final String TO_BEHIND =
      """
      { "to": "203.0.113.0/24", "via": "10.0.1.2" }""";

  @TempDir Path state;
  private Lab lab;
  private Host near;
  private Host far;

  @BeforeEach
  void start() {
    lab = new Lab(state, NEAR + "/24", FAR + "/24");
    near = lab.host(0);
    far = lab.host(1);
    near.route("0.0.0.0/0", "10.0.0.1");
    far.route("10.0.0.0/24", "10.0.1.1");
    far.address(BEHIND + "/24");
    speakIpv6(near, "2001:db8::2/64");
    speakIpv6(far, FAR6 + "/64");
    far.address(BEHIND6 + "/64");
    near.route("::/0", "2001:db8::1");
    far.route("2001:db8::/64", "2001:db8:1::1");
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void subnetsOfPortsReachEachOtherWithoutConfiguration() {
    lab.apply(router("{}"));
    assertThat(near.connect(far, FAR, 80)).contains(NEAR);
    assertThat(far.connect(near, NEAR, 80)).contains(FAR);
    assertThat(near.connect(far, FAR6, 80)).isEmpty();
  }

  @Test
  void ipv6IsRoutedBetweenConfiguredAddresses() {
    lab.apply(router("{ %s }".formatted(ADDRESSES)));
    assertThat(near.connect(far, FAR6, 80)).contains("2001:db8:0:0:0:0:0:2");
    assertThat(near.connect(far, BEHIND6, 80)).isEmpty();
  }

  @Test
  void prefixesBehindAnotherRouterAreReachedByTheirRoutes() {
    lab.apply(
        router(
            """
            { %s, "routes": [%s, { "to": "2001:db8:ff::/48", "via": "2001:db8:1::2" }] }"""
                .formatted(ADDRESSES, TO_BEHIND)));
    assertThat(near.connect(far, BEHIND, 80)).contains(NEAR);
    assertThat(near.connect(far, BEHIND6, 80)).contains("2001:db8:0:0:0:0:0:2");
  }

  @Test
  void sendersHearWhyTheirPacketsGoNoFurther() {
    lab.apply(
        router(
            """
            { %s, "routes": [
              { "to": "198.51.100.0/24", "refuse": "prohibit" },
              { "to": "192.0.2.0/24", "refuse": "unreachable" },
              { "to": "192.0.2.64/26", "refuse": "silently" } ] }"""
                .formatted(ADDRESSES)));
    assertHeard("traceroute -m 2 " + FAR, " 1  10.0.0.1 ", " 2  " + FAR);
    assertHeard("traceroute -m 1 " + BEHIND, " 1  10.0.0.1 ", "!N");
    assertHeard("traceroute -m 1 198.51.100.1", " 1  10.0.0.1 ", "!");
    assertHeard("traceroute -m 1 192.0.2.1", " 1  10.0.0.1 ", "!H");
    assertThat(trace("traceroute -m 1 192.0.2.65")).contains(" 1  *");
    assertHeard("traceroute6 -m 2 " + FAR6, " 1  2001:db8::1", " 2  " + FAR6);
  }

  @Test
  void anUpdateChangesRoutesWhileOthersGoOn() {
    lab.apply(router("{ \"routes\": [%s] }".formatted(TO_BEHIND)));
    assertThat(near.connect(far, BEHIND, 80)).contains(NEAR);
    try (Conversation conversation = new Conversation(near, far, FAR, 53);
        Connection connection = Connection.open(near, far, BEHIND, 80)) {
      for (int i = 0; i < 5; i++) {
        lab.apply(
            router(
                "{ %s, \"routes\": [%s, { \"to\": \"100.64.%d.0/24\", \"via\": \"10.0.1.2\" }] }"
                    .formatted(ADDRESSES, TO_BEHIND, i)));
        assertThat(connection.carries("update " + i)).isTrue();
      }
      assertThat(conversation.answered()).isPositive();
      assertThat(conversation.lost()).isZero();
    }
    assertThat(lab.report("router").getAsJsonArray("routes"))
        .extracting(route -> route.getAsJsonObject().get("to").getAsString())
        .containsExactlyInAnyOrder("203.0.113.0/24", "100.64.4.0/24");
  }

  @Test
  void aRefusedUpdateLeavesRoutesAndAddressesAsTheyWere() {
    lab.apply(router("{ %s, \"routes\": [%s] }".formatted(ADDRESSES, TO_BEHIND)));
    JsonObject before = lab.report("router");
    String refused =
        """
        { "addresses": { "port:0": ["2001:db8::1/64", "2001:db8:7::1/64"] },
          "routes": [{ "to": "203.0.113.0/24", "refuse": "silently" },
                     { "to": "100.64.0.0/24", "via": "10.9.9.9" }] }""";
    assertThat(lab.refusal(router(refused)).detail())
        .contains("configuration /routes/1 is refused");
    JsonObject after = lab.report("router");
    assertThat(after.get("ports")).isEqualTo(before.get("ports"));
    assertThat(after.get("routes")).isEqualTo(before.get("routes"));
    assertThat(near.connect(far, BEHIND, 80)).contains(NEAR);
  }

  @Test
  void whatAnUpdateDropsIsGone() {
    lab.apply(router("{ %s, \"routes\": [%s] }".formatted(ADDRESSES, TO_BEHIND)));
    assertThat(near.connect(far, FAR6, 80)).isNotEmpty();
    lab.apply(router("{}"));
    assertThat(near.connect(far, FAR6, 80)).isEmpty();
    assertThat(Datagrams.between(near, far, BEHIND).arriving(53)).isEmpty();
    assertThat(near.connect(far, FAR, 80)).contains(NEAR);
    assertThat(lab.report("router").toString()).doesNotContain("2001:").doesNotContain("203.0");
  }

  @Test
  void aSourceThatIsNotBehindItsPortIsDroppedUnlessAllowed() {
    near.address("192.0.2.7/32");
    lab.apply(router("{}"));
    Datagrams datagrams = Datagrams.between(near, far, FAR).sentFrom("192.0.2.7", 5000);
    assertThat(datagrams.arriving(53)).isEmpty();
    lab.apply(router("{ \"source-check\": \"any\" }"));
    assertThat(datagrams.arriving(53)).containsExactly(53);
  }

  @Test
  @Timeout(30)
  void anIpv6SourceIsCheckedAsWell() throws IOException {
    near.address("2001:db8:bad::7/128");
    lab.apply(router("{ %s }".formatted(ADDRESSES)));
    Process listening = new Console(far).start("socat", "-u", "UDP6-RECV:53", "-");
    try (BufferedReader heard = listening.inputReader()) {
      await().until(() -> new Console(far).run("cat", "/proc/net/udp6").contains(":0035 "));
      sendIpv6("2001:db8:bad::7");
      sendIpv6("2001:db8::2");
      assertThat(heard.readLine()).isEqualTo("2001:db8::2");
      lab.apply(router("{ %s, \"source-check\": \"any\" }".formatted(ADDRESSES)));
      sendIpv6("2001:db8:bad::7");
      assertThat(heard.readLine()).isEqualTo("2001:db8:bad::7");
    } finally {
      listening.destroyForcibly();
    }
  }

  /** Sends the far host a line that says where it comes from. */
  private void sendIpv6(String source) {
    String target = "UDP6-SENDTO:[%s]:53,bind=[%s]".formatted(FAR6, source);
    new Console(near).run("sh", "-c", "echo %s | socat -u - %s".formatted(source, target));
  }

  @Test
  void theStatusNamesGatewaysThatDoNotAnswer() {
    lab.apply(router("{ \"routes\": [{ \"to\": \"203.0.113.0/24\", \"via\": \"10.0.1.77\" }] }"));
    assertThat(near.connect(far, BEHIND, 80)).isEmpty();
    await()
        .untilAsserted(
            () ->
                assertThat(lab.report("router").getAsJsonArray("silent-gateways").toString())
                    .isEqualTo("[\"10.0.1.77\"]"));
  }

  @Test
  void eachRefusedConfigurationNamesItsElement() {
    assertSoftly(
        softly ->
            Map.of(
                    "{ \"routes\": [{ \"to\": \"10.2.0.1/24\", \"via\": \"10.0.1.2\" }] }",
                    "/routes/0/to has bits behind its length",
                    "{ \"routes\": [{ \"to\": \"10.2.0.0/24\" }] }",
                    "/routes/0 needs either via or refuse",
                    "{ \"routes\": [{ \"to\": \"::/0\", \"via\": \"10.0.1.2\" }] }",
                    "/routes/0/via is not of the family",
                    "{ \"routes\": [{ \"to\": \"::/0\", \"via\": \"2001:db8:9::1\" }] }",
                    "/routes/0/via 2001:db8:9::1 is in no subnet",
                    "{ \"routes\": [{ \"to\": \"::/0\", \"via\": \"fe80::1\" }] }",
                    "/routes/0/via is link-local, so it needs a port",
                    "{ \"routes\": [%s, %s] }".formatted(TO_BEHIND, TO_BEHIND),
                    "/routes/1 is for the same prefix and metric as /routes/0",
                    "{ \"addresses\": { \"port:7\": [] } }",
                    "/addresses/port:7 names \"port:7\", which is no port",
                    "{ \"addresses\": { \"port:0\": [\"2001:db8::g/64\"] } }",
                    "/addresses/port:0/0 must be an IPv6 address",
                    "{ \"source-check\": \"lax\" }",
                    "/source-check must be strict or any")
                .forEach(
                    (configuration, said) ->
                        softly
                            .assertThat(lab.refusal(router(configuration)).detail())
                            .contains("configuration " + said)));
    assertThat(lab.hasGraph()).isFalse();
  }

  /** Waits, because the kernel sends a host few errors a second. */
  private void assertHeard(String command, String... texts) {
    await().untilAsserted(() -> assertThat(trace(command)).contains(texts));
  }

  private String trace(String command) {
    return new Console(near)
        .run(("busybox " + command.replaceFirst(" ", " -n -q 1 -w 1 ")).split(" "));
  }

  private static void speakIpv6(Host host, String address) {
    host.namespace()
        .call(
            () -> {
              Path settings = Path.of("/proc/sys/net/ipv6/conf/eth0");
              Files.writeString(settings.resolve("accept_dad"), "0");
              return Files.writeString(settings.resolve("disable_ipv6"), "0");
            });
    host.address(address);
    host.awaitUsable(address.substring(0, address.indexOf('/')));
  }

  private Graph router(String configuration) {
    return new Graph()
        .endPoint("near", near)
        .endPoint("far", far)
        .function(
            """
            { "id": "router", "functional-capability": "router", "configuration": %s,
              "ports": [{ "id": "port:0", "unify-ip": "10.0.0.1/24" },
                        { "id": "port:1", "unify-ip": "10.0.1.1/24" }] }"""
                .formatted(configuration))
        .join("endpoint:near", "vnf:router:port:0")
        .join("vnf:router:port:1", "endpoint:far");
  }
}
