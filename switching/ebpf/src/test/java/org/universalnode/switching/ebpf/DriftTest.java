package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.BpfProgram;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.nffg.EndPoint.Addressing;
import org.universalnode.nffg.EndPoint.Kind;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.Watch;
import org.universalnode.switching.devices.Marks;
import org.universalnode.switching.kit.NamespaceWires;
import org.universalnode.switching.kit.Wires;

/** What others take from tunnels, host stacks and pins; and what is theirs. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class DriftTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(1);

  private final NamespaceWires wires = new NamespaceWires();
  private final Marks marks = new Marks(wires.node());
  private final RouteSocket route = RouteSocket.open();
  private final TrafficControl traffic = TrafficControl.open();
  private final Wires.Underlay underlay = wires.underlay(false);
  private final SwitchDriver driver = EbpfSwitch.open(wires.node()).orThrow();
  private final Pins pins = new Pins(wires.node());
  private final BlockingQueue<LsiId> told = new LinkedBlockingQueue<>();
  private final Watch watch = driver.watch(told::add);

  @AfterEach
  void nothingIsLeft() {
    try (wires;
        route;
        traffic;
        driver;
        watch) {
      driver.deleteLsi(LsiId.BASE).orThrow();
    }
    assertThat(pins.folder()).doesNotExist();
  }

  @Test
  void tunnelsAreWholeAgain() throws InterruptedException {
    Attachment gre = new Attachment.Tunnel("g/1", gre());
    String port = marks.nameOfGre("g/1");
    String far = marks.tunnelSideOf("g/1");
    driver.createPort(LsiId.BASE, gre).orThrow();
    for (Runnable harm :
        List.<Runnable>of(
            () -> route.deleteLink(port),
            () -> route.deleteLink(far),
            () -> route.longestPacket(link(port), 1400),
            () -> route.down(link(far)),
            () -> traffic.detach(link(port), Hook.EGRESS, marks.owner()),
            () -> traffic.detach(link(port), Hook.INGRESS, marks.owner()),
            () -> traffic.detach(link(far), Hook.INGRESS, marks.owner()),
            () -> traffic.detach(cable(), Hook.BEFORE_INGRESS, marks.owner()))) {
      expectMended(gre, harm);
    }
    assertThat(traffic.owners(cable())).contains(marks.owner());
    assertThat(link(port).longestPacket()).isEqualTo(65_535);
  }

  @Test
  void vxlanDevicesAreWholeAgain() throws InterruptedException {
    Kind.Vxlan tunnel =
        new Kind.Vxlan(
            underlay.address(),
            underlay.neighbour(),
            7,
            OptionalInt.of(47_891),
            OptionalInt.empty());
    Attachment vxlan = new Attachment.Tunnel("g/v", tunnel);
    String name = marks.nameOfVxlan(47_891);
    driver.createPort(LsiId.BASE, vxlan).orThrow();
    expectMended(vxlan, () -> route.deleteLink(name));
    expectMended(vxlan, () -> route.down(link(name)));
    expectMended(vxlan, () -> traffic.detach(link(name), Hook.INGRESS, marks.owner()));
    expectMended(vxlan, () -> route.rename(link(name), "x" + name.substring(1)));
  }

  @Test
  void hostStacksAreWholeAgain() throws InterruptedException {
    Attachment.HostStack stack =
        new Attachment.HostStack(
            "g/s",
            new Kind.HostStack(
                Addressing.STATIC,
                Optional.of(InterfaceAddress.parse("198.51.100.1/24")),
                Optional.empty(),
                Optional.empty()));
    String port = marks.nameOf(stack);
    String side = marks.hostSideOf(stack);
    driver.createPort(LsiId.BASE, stack).orThrow();
    expectMended(stack, () -> route.deleteLink(port));
    expectMended(stack, () -> route.down(link(side)));
    expectMended(stack, () -> route.readdress(link(side), "02:00:00:00:00:78"));
    expectMended(stack, () -> route.rename(link(side), "x" + side.substring(1)));
    expectMended(stack, () -> SwitchHarm.run("ip", "addr", "flush", "dev", side));
    assertThat(route.holds(InetAddress.ofLiteral("198.51.100.1"))).isTrue();
    changeSetting(side);
    assertThat(driver.verify().orThrow()).containsExactly(LsiId.BASE);
    driver.createPort(LsiId.BASE, stack).orThrow();
    assertThat(driver.verify().orThrow()).isEmpty();
  }

  @Test
  void pinsThatAreRemovedAreMadeAgain() throws IOException {
    List<String> all = names();
    Files.delete(pins.folder().resolve("rules"));
    Files.delete(pins.folder().resolve(DataPlane.PROGRAM));
    await().atMost(SOON).untilAsserted(() -> assertThat(names()).isEqualTo(all));
    SwitchHarm.run("rm", "-rf", pins.folder().toString());
    await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(names()).isEqualTo(all));
    Path elsewhere = pins.folder().resolveSibling(wires.node() + "-moved");
    Files.move(pins.folder(), elsewhere);
    await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(names()).isEqualTo(all));
    SwitchHarm.run("rm", "-rf", elsewhere.toString());
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsNotOursIsLeftAlone() throws InterruptedException, IOException {
    Wires.Underlay other = wires.underlay(false);
    Attachment machine = other.wire().attachment();
    AttachedPort port = driver.createPort(LsiId.BASE, machine).orThrow();
    try (BpfProgram program = BpfProgram.pinned(pins.folder().resolve("gre_in"))) {
      Link link = route.link(port.index()).orElseThrow();
      traffic.attach(link, Hook.BEFORE_INGRESS, program, "somebody");
      Path stranger = pins.folder().resolveSibling(wires.node() + "-stranger");
      program.repin(stranger);
      expectMended(machine, () -> traffic.detach(link, Hook.INGRESS, marks.owner()));
      assertThat(driver.verify().orThrow()).isEmpty();
      driver.deletePort(LsiId.BASE, machine).orThrow();
      assertThat(traffic.owners(link)).containsExactly("somebody");
      assertThat(stranger).exists();
      Files.delete(stranger);
    }
  }

  /** Two nodes that come to a link and leave it again and again do not take the other's filter. */
  @Test
  void nodesTakeTurnsAtALink() {
    String other = wires.node() + "b";
    try (SwitchDriver second = EbpfSwitch.open(other).orThrow()) {
      Attachment theirs = new Attachment.Tunnel("g/2", gre(2));
      for (int i = 0; i < 30; i++) {
        Stream.of(
                (Runnable) () -> driver.createPort(LsiId.BASE, tunnel(1)).orThrow(),
                () -> second.createPort(LsiId.BASE, theirs).orThrow())
            .parallel()
            .forEach(Runnable::run);
        assertThat(traffic.owners(cable())).contains(marks.owner(), new Marks(other).owner());
        Stream.of(
                (Runnable) () -> driver.deletePort(LsiId.BASE, tunnel(1)).orThrow(),
                () -> second.deletePort(LsiId.BASE, theirs).orThrow())
            .parallel()
            .forEach(Runnable::run);
        assertThat(traffic.hasPlace(cable())).isFalse();
      }
    }
  }

  /** Tunnels that follow their routes may have been mended by that already; nobody is told then. */
  private void expectMended(Attachment attachment, Runnable harm) throws InterruptedException {
    awaitRest();
    harm.run();
    if (told.poll(TOLD_WITHIN.toMillis(), TimeUnit.MILLISECONDS) != null) {
      driver.createPort(LsiId.BASE, attachment).orThrow();
    }
    assertThat(driver.verify().orThrow()).isEmpty();
  }

  private void awaitRest() throws InterruptedException {
    int words = 0;
    while (told.poll(300, TimeUnit.MILLISECONDS) != null) {
      words++;
      assertThat(words).isLessThan(20);
    }
  }

  private static void changeSetting(String interfaceName) {
    try {
      Path settings = Path.of("/proc/sys/net/ipv6/conf", interfaceName);
      Files.writeString(settings.resolve("accept_ra"), "2");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> pinned = Files.list(pins.folder())) {
      return pinned.map(pin -> pin.getFileName().toString()).sorted().toList();
    }
  }

  private Link link(String name) {
    return route.link(name).orElseThrow();
  }

  private Link cable() {
    return link(((Attachment.HostInterface) underlay.wire().attachment()).name());
  }

  private Attachment.Tunnel tunnel(int number) {
    return new Attachment.Tunnel("g/" + number, gre(number));
  }

  private Kind.GreTunnel gre() {
    return gre(1);
  }

  private Kind.GreTunnel gre(int key) {
    return new Kind.GreTunnel(
        underlay.address(), underlay.neighbour(), key, OptionalInt.empty(), false);
  }
}
