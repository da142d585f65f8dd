package org.universalnode.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.linux.PacketSocket;
import org.universalnode.linux.RouteSocket;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.switching.SwitchDriverProvider;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/** Graphs without functions, whose end-points are more than interfaces; packets are real. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class EndPointsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Testbed testbed = new Testbed();
  private final Host lan = testbed.host("10.0.0.1/24");
  private final Host wan = testbed.host("10.0.0.2/24");
  private final String trunk = testbed.name() + "x";
  private final String otherEnd = testbed.name() + "y";
  private final String network = "198.51.100." + 4 * Math.floorMod(testbed.name().hashCode(), 60);
  private final String local = network.replaceFirst("\\d+$", "") + (last(network) + 1);
  private final String remote = network.replaceFirst("\\d+$", "") + (last(network) + 2);
  private Node node;

  @BeforeEach
  void startANodeWithATrunk() throws IOException {
    try (RouteSocket route = RouteSocket.open()) {
      route.createVeth(trunk, otherEnd, "02:00:00:00:00:77");
    }
    Files.createDirectories(folder.resolve("functions"));
    node = Node.start(options());
  }

  private NodeOptions options() {
    return new NodeOptions(
        testbed.name(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        folder.resolve("state"),
        folder.resolve("functions"),
        Set.of(lan.cable(), wan.cable(), trunk, otherEnd),
        "auto",
        RunningPolicy.AS_ASKED);
  }

  @AfterEach
  void nothingIsLeft() {
    try (testbed;
        RouteSocket route = RouteSocket.open()) {
      for (String graph : new String[] {"g1", "g2"}) {
        assertThat(call("DELETE", graph, "")).isIn(204, 404);
      }
      assertThat(route.links()).noneMatch(link -> link.alias().contains(testbed.name() + "/"));
      node.close();
      route.deleteLink(trunk);
    }
  }

  @Test
  void framesOfAVlanAreTaggedOnTheTrunkOnly() throws IOException {
    put("g1", lan, vlan(trunk, 25));
    put("g2", wan, vlan(otherEnd, 25));
    assertThat(heard()).isTrue();
  }

  @Test
  void vlansDoNotMeet() throws IOException {
    put("g1", lan, vlan(trunk, 25));
    put("g2", wan, vlan(otherEnd, 26));
    assertThat(heard()).isFalse();
  }

  @Test
  void anInterfaceTakesWhatVlansOfOtherGraphsLeave() throws IOException {
    put("g1", lan, vlan(trunk, 25));
    assertThat(apply("g2", wan, "\"interface\":{\"if-name\":\"" + trunk + "\"}").statusCode())
        .as("every frame of the trunk, also those of VLAN 25")
        .isEqualTo(409);
  }

  @Test
  void graphsMeetInAnInternalGroup() throws IOException {
    String group = "\"internal\":{\"internal-group\":\"between\"}";
    put("g1", lan, group);
    put("g2", wan, group);
    assertThat(heard()).isTrue();
    assertThat(call("DELETE", "g2", "")).isEqualTo(204);
    assertThat(heard()).isFalse();
  }

  @Test
  void groupsOfDifferentNamesDoNotMeetWhateverWasBefore() throws IOException {
    String first = "\"internal\":{\"internal-group\":\"first\"}";
    put("g1", lan, first);
    put("g2", wan, first);
    assertThat(call("DELETE", "g1", "")).isEqualTo(204);
    put("g1", lan, first.replace("first", "second"));
    assertThat(heard()).isFalse();
  }

  @Test
  void theAddressOfTheStackMayChange() throws IOException {
    int number = 2 + 2 * Math.floorMod(testbed.name().hashCode(), 60);
    put("g1", lan, stack("10.77.0." + number));
    HttpResponse<String> changed = apply("g1", lan, stack("10.77.0." + (number + 1)));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(202);
    lan.address("10.77.0.1/24");
    assertThat(reachesStack("10.77.0." + (number + 1))).isTrue();
  }

  @Test
  void aGraphCannotTakeTheMachinesOwnAddresses() {
    assertThat(apply("g1", lan, stack("127.0.0.77")).statusCode()).isEqualTo(409);
    assertThat(apply("g1", lan, stack("10.0.0.1").replace("/32", "/1")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void theMachinesOwnStackIsAHostOfTheGraph() throws IOException {
    String address = "10.0.0." + (100 + Math.floorMod(testbed.name().hashCode(), 100));
    put("g1", lan, stack(address));
    assertThat(reachesStack(address)).isTrue();
  }

  @Test
  void whatTheNodeCannotDoIsSaidBeforeAnythingIsMade() {
    HttpResponse<String> answer =
        apply("g1", lan, gre("10.9.0.1", "10.9.0.2").replace("}", ",\"secure\":true}"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("/forwarding-graph/end-points/1/gre-tunnel/secure", "IPsec");
  }

  @Test
  void aTunnelWithoutAnAddressOfThisMachineIsRefused() {
    HttpResponse<String> answer = apply("g1", lan, gre("192.0.2.77", "192.0.2.78"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("192.0.2.77", "give it to an interface");
  }

  @Test
  void aGreTunnelGoesOnAfterTheNodeBeginsAgain() throws IOException {
    Host far = testbed.host(remote + "/30");
    giveAddress(far.cable());
    put("g1", lan, gre(local, remote));
    assertThat(arrivesAs(far, local, remote)).isTrue();
    node.close();
    assertThat(arrivesAs(far, local, remote)).isTrue();
    node = Node.start(options());
    assertThat(arrivesAs(far, local, remote)).isTrue();
    assertThat(apply("g2", wan, gre(local, remote)).statusCode()).isEqualTo(409);
    assertThat(call("DELETE", "g1", "")).isEqualTo(204);
    assertThat(arrivesAs(far, local, remote)).isFalse();
  }

  @Test
  void aGreTunnelWaitsForItsAddress() throws Exception {
    Host far = testbed.host(remote + "/30");
    giveAddress(far.cable());
    put("g1", lan, gre(local, remote));
    node.close();
    takeAddress(far.cable());
    node = Node.start(options());
    assertThat(state("g1")).isEqualTo("active");
    giveAddress(far.cable());
    await().atMost(PATIENCE).until(() -> arrivesAs(far, local, remote));
  }

  /** As after a start of the machine: of the tunnel nothing is left, and there is no uplink yet. */
  @Test
  void aGreTunnelThatIsGoneIsMadeWhenItsAddressIsThere() throws Exception {
    Host far = testbed.host(remote + "/30");
    giveAddress(far.cable());
    put("g1", lan, gre(local, remote));
    node.close();
    takeAddress(far.cable());
    removePorts();
    node = Node.start(options());
    assertThat(state("g1")).isEqualTo("failed");
    giveAddress(far.cable());
    await().atMost(PATIENCE).until(() -> state("g1").equals("active"));
    assertThat(arrivesAs(far, local, remote)).isTrue();
  }

  @Test
  void aGraphWhoseInterfaceIsMissingAtTheStartIsMadeWhenItIsThere() throws Exception {
    put("g1", lan, "\"interface\":{\"if-name\":\"" + trunk + "\"}");
    node.close();
    try (RouteSocket route = RouteSocket.open()) {
      route.deleteLink(trunk);
      node = Node.start(options());
      assertThat(state("g1")).isEqualTo("failed");
      route.createVeth(trunk, otherEnd, "02:00:00:00:00:77");
    }
    await().atMost(PATIENCE).until(() -> state("g1").equals("active"));
  }

  private void giveAddress(String name) {
    try (RouteSocket route = RouteSocket.open()) {
      route.addAddress(name, InetAddress.ofLiteral(local), 30);
    }
  }

  private void takeAddress(String name) throws Exception {
    String[] command = {"/sbin/ip", "address", "del", local + "/30", "dev", name};
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private void removePorts() {
    for (SwitchDriverProvider provider : SwitchDriverProvider.installed()) {
      provider.clear(testbed.name()).orThrow();
    }
  }

  private String state(String graph) {
    String status = send("GET", "status/" + graph, "").body();
    return JsonParser.parseString(status).getAsJsonObject().get("state").getAsString();
  }

  private static int last(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf('.') + 1));
  }

  /** Whether a broadcast of the near host reaches the far one in a GRE packet. */
  private boolean arrivesAs(Host far, String local, String remote) throws IOException {
    byte[] ends = new byte[8];
    System.arraycopy(InetAddress.ofLiteral(local).getAddress(), 0, ends, 0, 4);
    System.arraycopy(InetAddress.ofLiteral(remote).getAddress(), 0, ends, 4, 4);
    try (PacketSocket packets = far.namespace().call(PacketSocket::open);
        DatagramChannel near = lan.udp(9000)) {
      Host.send(near, "hello", "10.0.0.255", 9000);
      Optional<PacketSocket.Received> next = packets.receive(Duration.ofMillis(500));
      while (next.isPresent()) {
        byte[] frame = new byte[next.get().frame().remaining()];
        next.get().frame().get(frame);
        boolean gre = frame.length > 80 && frame[23] == 47;
        if (gre && Arrays.equals(ends, Arrays.copyOfRange(frame, 26, 34))) {
          String key = HexFormat.of().formatHex(frame, 34, 42);
          return key.equals("200065580000002a") && new String(frame, UTF_8).endsWith("hello");
        }
        next = packets.receive(Duration.ofMillis(500));
      }
      return false;
    }
  }

  private static String gre(String local, String remote) {
    return "\"gre-tunnel\":{\"local-ip\":\"%s\",\"remote-ip\":\"%s\",\"gre-key\":\"42\"}"
        .formatted(local, remote);
  }

  private boolean heard() throws IOException {
    try (DatagramChannel near = lan.udp(9000);
        DatagramChannel far = wan.udp(9000)) {
      Host.send(near, "hello", "10.0.0.2", 9000);
      return Host.receive(far).isPresent();
    }
  }

  private boolean reachesStack(String address) throws IOException {
    try (DatagramChannel here = DatagramChannel.open().bind(new InetSocketAddress(address, 9000));
        DatagramChannel there = lan.udp(9000)) {
      Host.send(there, "to the stack", address, 9000);
      return Host.receive(here).isPresent();
    }
  }

  private static String stack(String address) {
    return "\"host-stack\":{\"configuration\":\"static\",\"IPv4\":\"" + address + "/32\"}";
  }

  private static String vlan(String interfaceName, int id) {
    return "\"vlan\":{\"vlan-id\":\"" + id + "\",\"if-name\":\"" + interfaceName + "\"}";
  }

  private void put(String graph, Host host, String endPoint) {
    HttpResponse<String> answer = apply(graph, host, endPoint);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** Joins a host with an end-point of which the object with its type as key is given. */
  private HttpResponse<String> apply(String graph, Host host, String endPoint) {
    String near = "{\"id\":\"a\",\"interface\":{\"if-name\":\"" + host.cable() + "\"}}";
    String document =
        """
        {"forwarding-graph":{"end-points":[%s,{"id":"b",%s}],"big-switch":{"flow-rules":[
          {"id":"1","priority":1,"match":{"port_in":"endpoint:a"},
           "actions":[{"output_to_port":"endpoint:b"}]},
          {"id":"2","priority":1,"match":{"port_in":"endpoint:b"},
           "actions":[{"output_to_port":"endpoint:a"}]}]}}}"""
            .formatted(near, endPoint);
    return send("PUT", graph, document);
  }

  private int call(String method, String graph, String body) {
    return send(method, graph, body).statusCode();
  }

  private HttpResponse<String> send(String method, String graph, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/NF-FG/" + graph))
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
