package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class RouteSocketTest {
  private static final String MAC = "02:00:00:00:00:07";

  private NetworkNamespace here = NetworkNamespace.named("unset");
  private NetworkNamespace there = NetworkNamespace.named("unset");

  @BeforeEach
  void makeTwoNamespaces(TestInfo test) {
    String name =
        "unroute-" + ProcessHandle.current().pid() + "-" + test.getDisplayName().hashCode();
    here = NetworkNamespace.create(name + "-a");
    there = NetworkNamespace.create(name + "-b");
  }

  @AfterEach
  void deleteThem() {
    here.delete();
    there.delete();
  }

  @Test
  void aVethsPeerIsBornInItsNamespaceWithItsAddress() {
    try (RouteSocket route = here.routeSocket();
        RouteSocket peers = there.routeSocket()) {
      Link link = route.createVeth(new Veth("switchside", "lan0", MAC, there));
      assertThat(link.kind()).isEqualTo("veth");
      assertThat(link.up()).isFalse();
      assertThat(route.link("lan0")).isEmpty();
      assertThat(peers.link("lan0"))
          .hasValueSatisfying(peer -> assertThat(peer.mac()).isEqualTo(MAC));
    }
  }

  @Test
  void aLinkCarriesItsMark() {
    try (RouteSocket route = here.routeSocket()) {
      Link link = route.createVeth(new Veth("a", "b", MAC, there));
      route.markSilent(link, "graph g1, function fw, port lan:0");
      assertThat(route.link("a"))
          .hasValueSatisfying(
              marked -> assertThat(marked.alias()).isEqualTo("graph g1, function fw, port lan:0"));
    }
  }

  @Test
  void aLinkThatWasPulledSaysSoUntilItIsPluggedIn() {
    try (RouteSocket route = here.routeSocket()) {
      Link made = route.createVeth(new Veth("a", "b", MAC, there));
      assertThat(made.fallen()).isTrue();
      route.pull(made);
      assertThat(route.link("a").orElseThrow()).matches(l -> !l.up() && l.pulled() && !l.fallen());
      route.plug(made);
      assertThat(route.link("a").orElseThrow()).matches(l -> l.up() && !l.pulled());
      route.down(made);
      assertThat(route.link("a").orElseThrow().fallen()).isTrue();
    }
  }

  @Test
  void addressesAndRoutesCarryTraffic() throws Exception {
    try (RouteSocket route = here.routeSocket();
        RouteSocket peers = there.routeSocket()) {
      route.createVeth(new Veth("a", "b", MAC, there));
      route.up("a");
      peers.up("b");
      route.addAddress("a", address("10.1.0.1"), 24);
      peers.addAddress("b", address("10.1.0.2"), 24);
      peers.addAddress("lo", address("10.9.9.9"), 32);
      route.addRoute(address("10.9.9.0"), 24, address("10.1.0.2"));
    }
    try (ServerSocketChannel server = there.call(ServerSocketChannel::open)) {
      server.bind(new InetSocketAddress(address("10.9.9.9"), 7777));
      try (Socket client = here.call(() -> new Socket("10.9.9.9", 7777))) {
        assertThat(client.getLocalAddress()).isEqualTo(address("10.1.0.1"));
      }
    }
  }

  @Test
  void aRefusalNamesWhatWasAttempted() {
    try (RouteSocket route = here.routeSocket()) {
      route.createVeth(new Veth("a", "b", MAC, there));
      assertThatThrownBy(() -> route.createVeth(new Veth("a", "c", MAC, there)))
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("create veth a")
          .hasMessageContaining("EEXIST");
      assertThatThrownBy(() -> route.addAddress("absent", address("10.0.0.1"), 24))
          .hasMessageContaining("find link absent");
    }
  }

  @Test
  void deletingIsIdempotentAndTakesThePeerAlong() {
    try (RouteSocket route = here.routeSocket();
        RouteSocket peers = there.routeSocket()) {
      route.createVeth(new Veth("a", "b", MAC, there));
      route.deleteLink("a");
      route.deleteLink("a");
      assertThat(peers.link("b")).isEmpty();
    }
  }

  @Test
  void changesOfLinksAreReported() {
    List<LinkEvent> seen = new CopyOnWriteArrayList<>();
    try (RouteSocket route = here.routeSocket();
        LinkEvents events = here.call(() -> LinkEvents.listen(seen::add))) {
      route.createVeth(new Veth("a", "b", MAC, there));
      route.deleteLink("a");
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(seen)
                      .anyMatch(
                          e -> e instanceof LinkEvent.Present p && p.link().name().equals("a"))
                      .anyMatch(e -> e instanceof LinkEvent.Gone g && g.link().name().equals("a")));
    }
  }

  @Test
  void bothEndsOfAVethAreWatchedFromOneNamespace() {
    List<DeviceEvent> seen = new CopyOnWriteArrayList<>();
    try (RouteSocket route = here.routeSocket();
        RouteSocket peers = there.routeSocket();
        DeviceEvents events = here.call(() -> DeviceEvents.listen(seen::add))) {
      Link near = route.createVeth(new Veth("a", "b", MAC, there));
      Awaitility.await().untilAsserted(() -> assertThat(seen).contains(touched(near)));
      seen.clear();
      peers.rename(peers.link("b").orElseThrow(), "c");
      Awaitility.await().untilAsserted(() -> assertThat(seen).anyMatch(e -> isFar(e, near, "c")));
      seen.clear();
      route.rename(near, "d");
      route.readdress(near, "02:00:00:00:00:11");
      assertThat(route.link("d").orElseThrow().mac()).isEqualTo("02:00:00:00:00:11");
      route.move(near, there);
      assertThat(peers.link("d")).isPresent();
      Awaitility.await().untilAsserted(() -> assertThat(seen).contains(touched(near)));
    }
  }

  private static DeviceEvent touched(Link link) {
    return new DeviceEvent.Touched(link.index());
  }

  private static boolean isFar(DeviceEvent event, Link near, String name) {
    return event instanceof DeviceEvent.FarTouched(Link far, boolean gone)
        && !gone
        && far.lower() == near.index()
        && far.name().equals(name);
  }

  @Test
  void theWayToAnAddressLeadsByTheLinkOfItsRoute() throws Exception {
    try (RouteSocket route = here.routeSocket()) {
      Link link = route.createVeth(new Veth("a", "b", MAC, there));
      route.addAddress("a", address("10.1.0.1"), 24);
      assertThat(route.holds(address("10.1.0.1"))).isTrue();
      assertThat(route.holds(address("10.1.0.2"))).isFalse();
      assertThat(route.holds(address("fd00::1"))).isFalse();
      assertThat(route.way(address("10.1.0.1"), address("10.1.0.2"))).isEmpty();
      route.up("a");
      assertThat(route.way(address("10.1.0.1"), address("10.1.0.2"))).contains(link.index());
      assertThat(route.way(address("10.1.0.1"), address("10.2.0.2"))).isEmpty();
      assertThat(route.way(address("10.1.0.7"), address("10.1.0.2"))).isEmpty();
      route.addAddress("a", address("fd00::1"), 64);
      assertThat(route.holds(address("fd00::1"))).isTrue();
      assertThat(route.way(address("fd00::1"), address("fd00::2"))).contains(link.index());
      assertThat(route.way(address("fd00::1"), address("fd01::2"))).isEmpty();
    }
  }

  @Test
  void changesOfAddressesAndRoutesAreTold() throws Exception {
    AtomicInteger told = new AtomicInteger();
    try (RouteSocket route = here.routeSocket();
        RoutingEvents events = here.call(() -> RoutingEvents.listen(told::incrementAndGet))) {
      Link link = route.createVeth(new Veth("a", "b", MAC, there));
      route.addAddress("a", address("10.1.0.1"), 24);
      Awaitility.await().until(() -> told.get() > 0);
      route.up("a");
      route.addNeighbour(link, address("10.1.0.2"), MAC);
      int before = told.get();
      route.addRoute(address("10.9.9.0"), 24, address("10.1.0.2"));
      Awaitility.await().until(() -> told.get() > before);
    }
  }

  @Test
  void allRoutesOfAllTablesAreTold() throws Exception {
    try (RouteSocket route = here.routeSocket()) {
      Link link = route.createVeth(new Veth("a", "b", MAC, there));
      route.addAddress("a", address("10.1.0.1"), 24);
      route.up("a");
      route.addRoute(address("10.9.8.0"), 22, address("10.1.0.2"));
      route.addRoute(address("0.0.0.0"), 0, address("10.1.0.2"));
      List<Route> told = new CopyOnWriteArrayList<>();
      route.forEachRoute(told::add);
      assertThat(told)
          .contains(
              new Route(address("10.1.0.1"), 32, link.index()), // in the table of local addresses
              new Route(address("10.1.0.0"), 24, link.index()),
              new Route(address("10.9.8.0"), 22, link.index()),
              new Route(address("0.0.0.0"), 0, link.index()));
    }
  }

  private static InetAddress address(String text) throws Exception {
    return InetAddress.getByName(text);
  }
}
