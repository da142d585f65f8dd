package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.linux.ControlGroups;
import org.universalnode.linux.RouteSocket;
import org.universalnode.node.hoststack.DhcpServer;
import org.universalnode.testbed.Host;

/** Graphs that join the machine's own stack with a host, which has a real DHCP server. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
@EnabledIf(
    value = "org.universalnode.node.hoststack.DhcpServer#canRun",
    disabledReason = "needs dnsmasq and udhcpc")
class DhcpEndPointTest {
  private static final String DHCP = "\"configuration\":\"DHCP\"";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  @TempDir Path serverFolder;
  private Lab lab;
  private DhcpServer server;
  private Node node;

  @BeforeEach
  void startANode() {
    lab = new Lab(folder);
    server = new DhcpServer(lab.lan, serverFolder);
    node = Node.start(lab.options());
  }

  @AfterEach
  void nothingIsLeft() {
    try (Lab last = lab;
        DhcpServer _ = server) {
      call("DELETE", "/NF-FG/g1", "");
      assertThat(last.traces()).isEmpty();
      assertThat(folder.resolve("state/host-stacks").toFile().list()).containsExactly("lease.sh");
      node.close();
      assertThat(last.hasPins()).isFalse();
    }
  }

  @Test
  void theMachineIsAHostWithAnAddressFromTheServer() throws IOException {
    server.serve();
    put(DHCP, 201);
    JsonObject stack = bound();
    assertThat(stack.get("interface").getAsString()).matches("uh[0-9a-f]{12}");
    assertThat(stack.get("server").getAsString()).isEqualTo(server.address());
    assertThat(stack.get("seconds-left").getAsLong()).isBetween(1L, 120L);
    assertThat(stack.get("restarts").getAsInt()).isZero();
    assertThat(stack.has("reason")).isFalse();
    assertThat(reaches(stack)).isTrue();
  }

  @Test
  void deploymentDoesNotWaitForAServer() throws IOException {
    put(DHCP, 201);
    JsonObject status = status();
    assertThat(status.get("status").getAsString()).isEqualTo("complete");
    assertThat(stack().get("dhcp").getAsString()).isEqualTo("asking");
    assertThat(stack().has("address")).isFalse();
    server.serve();
    assertThat(reaches(bound())).isTrue();
  }

  @Test
  void theServerSeesTheAddressOfTheEndPoint() throws IOException {
    server.serve("--dhcp-host=02:00:00:00:05:01," + server.subnet() + "121");
    put(DHCP + ",\"mac\":\"02:00:00:00:05:01\"", 201);
    JsonObject first = bound();
    assertThat(first.get("address").getAsString()).isEqualTo(server.subnet() + "121/24");
    put(DHCP + ",\"mac\":\"02:00:00:00:05:02\"", 202);
    JsonObject second = bound();
    assertThat(server.heard()).contains("DHCPRELEASE").contains("02:00:00:00:05:02");
    assertThat(second.get("address").getAsString())
        .isNotEqualTo(first.get("address").getAsString());
    assertThat(reaches(second)).isTrue();
  }

  @Test
  void dhcpAndStaticFollowEachOther() throws IOException {
    server.serve();
    String fixed = "\"configuration\":\"static\",\"IPv4\":\"" + server.subnet() + "7/24\"";
    put(fixed, 201);
    assertThat(stack().get("address").getAsString()).isEqualTo(server.subnet() + "7/24");
    put(DHCP, 202);
    assertThat(reaches(bound())).isTrue();
    put(fixed, 202);
    assertThat(server.heard()).contains("DHCPRELEASE");
    assertThat(stack().has("dhcp")).isFalse();
    assertThat(clientFolders()).isEmpty();
    assertThat(reaches(stack())).isTrue();
    put(DHCP, 202);
    assertThat(reaches(bound())).isTrue();
  }

  @Test
  void whatGoesReleasesItsAddressAndLeavesNothing() throws IOException {
    server.serve();
    put(DHCP, 201);
    String name = bound().get("interface").getAsString();
    assertThat(call("DELETE", "/NF-FG/g1", "").statusCode()).isEqualTo(204);
    await().until(() -> server.heard().contains("DHCPRELEASE"));
    assertThat(clientFolders()).isEmpty();
    try (RouteSocket route = RouteSocket.open()) {
      assertThat(route.link(name)).isEmpty();
    }
  }

  @Test
  void anEndPointThatLeavesTheGraphReleasesItsAddress() throws IOException {
    server.serve();
    put(DHCP, 201);
    bound();
    String without = lab.graph(lab.lan.cable(), lab.wan.cable(), List.of());
    assertThat(call("PUT", "/NF-FG/g1", without).statusCode()).isEqualTo(202);
    assertThat(server.heard()).contains("DHCPRELEASE");
    assertThat(clientFolders()).isEmpty();
  }

  @Test
  void anUpdateOfSomethingElseLeavesTheLeaseAlone() throws IOException {
    server.serve();
    put(DHCP, 201);
    JsonObject before = bound();
    String noted = lab.stack(DHCP).replace("\"priority\":1", "\"priority\":2");
    assertThat(call("PUT", "/NF-FG/g1", noted).statusCode()).isEqualTo(202);
    assertThat(stack().get("dhcp").getAsString()).isEqualTo("bound");
    assertThat(stack().get("address")).isEqualTo(before.get("address"));
    assertThat(server.heard()).doesNotContain("DHCPRELEASE").containsOnlyOnce("DHCPACK");
  }

  @Test
  void aChangeThatFailsLeavesTheMachineAnAddress() throws IOException {
    server.serve();
    put(DHCP, 201);
    JsonObject before = bound();
    String fixed =
        lab.stack("\"configuration\":\"static\",\"IPv4\":\"" + server.subnet() + "7/24\"");
    String without = lab.graph(lab.lan.cable(), lab.wan.cable(), List.of());
    for (String graph : List.of(fixed, without)) {
      assertThat(call("PUT", "/NF-FG/g1", withBrokenFunction(graph)).statusCode()).isEqualTo(500);
      assertThat(stack().get("dhcp").getAsString()).isEqualTo("bound");
      assertThat(stack().get("address")).isEqualTo(before.get("address"));
      assertThat(reaches(stack())).isTrue();
    }
    assertThat(server.heard()).doesNotContain("DHCPRELEASE").containsOnlyOnce("DHCPACK");
  }

  @Test
  void aGraphThatCannotBeRestoredKeepsItsLease() throws IOException {
    server.serve();
    String graph = withFunction(lab.stack(DHCP), "wire", "{\"at update\":\"refuse\"}");
    assertThat(call("PUT", "/NF-FG/g1", graph).statusCode()).isEqualTo(201);
    String at = bound().get("interface").getAsString();
    String address = stack().get("address").getAsString();
    node.close();
    lab.forgetSettings();
    clients(at)
        .forEach(client -> ProcessHandle.of(client).ifPresent(ProcessHandle::destroyForcibly));
    await().until(() -> clients(at).isEmpty());
    node = Node.start(lab.options());
    assertThat(status().get("state").getAsString()).isEqualTo("degraded");
    keeps(at, address);
    assertThat(call("PUT", "/NF-FG/g1", withBrokenFunction(graph)).statusCode()).isEqualTo(500);
    keeps(at, address);
    assertThat(server.heard()).doesNotContain("DHCPRELEASE");
    assertThat(call("DELETE", "/NF-FG/g1", "").statusCode()).isEqualTo(204);
    await().until(() -> server.heard().contains("DHCPRELEASE"));
    assertThat(clients(at)).isEmpty();
  }

  /** A client that was begun after the first one, or goes on since then. */
  private void keeps(String at, String address) {
    await().atMost(PATIENCE).until(() -> server.heard().split("DHCPACK", -1).length > 2);
    assertThat(clients(at)).isNotEmpty();
    try (RouteSocket route = RouteSocket.open()) {
      assertThat(route.link(at)).isPresent();
      assertThat(route.holds(InetAddress.ofLiteral(address.split("/", 2)[0]))).isTrue();
    }
  }

  private Set<Integer> clients(String at) {
    Path group = Path.of("universal-node", lab.options().name(), "dhcp-" + at);
    return ControlGroups.detect().at(group).processes();
  }

  @Test
  void anAddressThatTheMachineReachesOtherwiseIsRefusedAndSaid() {
    server.serve();
    lab.route(server.subnet() + "0/25");
    put(DHCP, 201);
    await()
        .atMost(PATIENCE)
        .until(() -> stack().has("reason") && stack().get("dhcp").getAsString().equals("refused"));
    assertThat(stack().get("reason").getAsString())
        .contains("meets the route to " + server.subnet() + "0/25 of this machine");
    assertThat(stack().has("address")).isFalse();
  }

  @Test
  void noRouterInAGraphConfiguresTheMachineByIpv6() throws Exception {
    Path off = Path.of("/proc/sys/net/ipv6/conf/eth0/disable_ipv6");
    lab.lan.namespace().call(() -> Files.writeString(off, "0"));
    lab.lan.address("2001:db8:7::1/64");
    server.serve("--enable-ra", "--dhcp-range=2001:db8:7::,ra-only,64", "--ra-param=eth0,low,4,0");
    put(DHCP, 201);
    String name = bound().get("interface").getAsString();
    await().until(() -> server.heard().contains("RTR-ADVERT"));
    await()
        .during(Duration.ofSeconds(6))
        .atMost(Duration.ofSeconds(9))
        .until(() -> !Files.readString(Path.of("/proc/net/if_inet6")).contains(name));
    assertThat(Files.readString(Path.of("/proc/net/ipv6_route"))).doesNotContain("20010db80007");
  }

  @Test
  void pppoeIsRefusedBeforeAnythingIsMade() {
    String pppoe = "\"configuration\":\"pppoe\",\"username\":\"u\",\"password\":\"p\"";
    HttpResponse<String> answer = call("PUT", "/NF-FG/g1", lab.stack(pppoe));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("/forwarding-graph/end-points/1/host-stack/configuration", "PPPoE")
        .contains("use the configuration DHCP or static");
    assertThat(call("GET", "/NF-FG/g1", "").statusCode()).isEqualTo(404);
  }

  private static String withBrokenFunction(String graph) {
    return withFunction(graph, "broken", "{}");
  }

  private static String withFunction(String graph, String function, String configuration) {
    return graph.replace(
        "\"VNFs\":[",
        """
        "VNFs":[{"id":"%s","functional-capability":"%s","configuration":%s,
          "ports":[{"id":"p:0"},{"id":"p:1"}]}%s"""
            .formatted(
                function, function, configuration, graph.contains("\"VNFs\":[]") ? "" : ","));
  }

  private JsonObject bound() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(stack().get("dhcp").getAsString())
                    .as(stack() + "\n" + server.heard())
                    .isEqualTo("bound"));
    return stack();
  }

  private JsonObject stack() {
    return lab.stackStatus(node.port());
  }

  private JsonObject status() {
    return JsonParser.parseString(call("GET", "/NF-FG/status/g1", "").body()).getAsJsonObject();
  }

  /** A datagram of the server's host comes to the machine's address. */
  private boolean reaches(JsonObject stack) throws IOException {
    String address = stack.get("address").getAsString().split("/", 2)[0];
    try (DatagramChannel here = DatagramChannel.open().bind(new InetSocketAddress(address, 9000));
        DatagramChannel there = lab.lan.udp(9000)) {
      Host.send(there, "to the stack", address, 9000);
      return Host.receive(here).isPresent();
    }
  }

  private String[] clientFolders() {
    String[] names =
        folder.resolve("state/host-stacks").toFile().list((_, name) -> !name.equals("lease.sh"));
    return names == null ? new String[0] : names;
  }

  private void put(String stack, int status) {
    HttpResponse<String> answer = call("PUT", "/NF-FG/g1", lab.stack(stack));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  private HttpResponse<String> call(String method, String path, String body) {
    return lab.call(node.port(), method, path, body);
  }
}
