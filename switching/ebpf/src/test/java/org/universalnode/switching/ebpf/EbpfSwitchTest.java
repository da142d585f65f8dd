package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.MatchFields;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/** Real packets between hosts through real LSIs. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class EbpfSwitchTest {
  private static final LsiId GRAPH = new LsiId(1);
  private static final int TCP = 6;

  private final Testbed testbed = new Testbed();
  private final Host lan = testbed.host("10.0.0.1/24");
  private final Host wan = testbed.host("10.0.0.2/24");
  private SwitchDriver driver = EbpfSwitch.open(testbed.name()).orThrow();

  private int lanPort;
  private int wanPort;

  @BeforeEach
  void plugTheHostsIn() {
    lanPort = plug(lan);
    wanPort = plug(wan);
  }

  @AfterEach
  void nothingIsLeft() {
    try (testbed;
        SwitchDriver last = driver) {
      last.deleteLsi(GRAPH).orThrow();
      last.deleteLsi(LsiId.BASE).orThrow();
    }
    assertThat(Files.exists(pins())).isFalse();
  }

  @Test
  void aPortWithoutRulesDropsEverything() {
    assertThat(lan.connect(wan, "10.0.0.2", 7000)).isEmpty();
  }

  @Test
  void framesFollowTheRules() {
    apply(
        rule("1", 1, MatchFields.ANY, lanPort, wanPort),
        rule("2", 1, MatchFields.ANY, wanPort, lanPort));
    assertThat(lan.connect(wan, "10.0.0.2", 7000)).contains("10.0.0.1");
  }

  @Test
  void theHigherPriorityDecides() {
    apply(
        rule("all", 1, MatchFields.ANY, lanPort, wanPort),
        rule("web is dropped", 2, tcp().with(HeaderField.DEST_PORT, "80"), lanPort),
        rule("back", 1, MatchFields.ANY, wanPort, lanPort));
    assertThat(lan.connect(wan, "10.0.0.2", 80)).isEmpty();
    assertThat(lan.connect(wan, "10.0.0.2", 81)).contains("10.0.0.1");
  }

  @Test
  void addressesAndEtherTypesSelect() {
    lan.address("10.0.0.11/24");
    MatchFields toWan = MatchFields.ANY.with(HeaderField.IPV4_DEST, "10.0.0.2").withPrerequisites();
    apply(
        rule("arp", 1, MatchFields.ANY.with(HeaderField.ETHER_TYPE, "0x0806"), lanPort, wanPort),
        rule("to wan", 1, toWan, lanPort, wanPort),
        rule(
            "back to .1 only",
            2,
            MatchFields.ANY.with(HeaderField.IPV4_DEST, "10.0.0.11/32").withPrerequisites(),
            wanPort),
        rule("back", 1, MatchFields.ANY, wanPort, lanPort));
    assertThat(lan.connect(wan, "10.0.0.2", 7000)).contains("10.0.0.1");
    assertThat(wan.connect(lan, "10.0.0.11", 7000)).isEmpty();
  }

  @Test
  void aRuleMaySendToSeveralPorts() {
    Host second = testbed.host("10.0.0.3/24");
    int secondPort = plug(second);
    apply(rule("flood", 1, MatchFields.ANY, lanPort, wanPort, secondPort));
    try (DatagramChannel from = lan.udp(9000);
        DatagramChannel atWan = wan.udp(9000);
        DatagramChannel atSecond = second.udp(9000)) {
      Host.send(from, "to all", "10.0.0.255", 9000);
      assertThat(Host.receive(atWan)).contains("to all");
      assertThat(Host.receive(atSecond)).contains("to all");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aVirtualLinkLeadsThroughTheGraphsLsi() {
    NetworkNamespace inside = NetworkNamespace.create(testbed.name() + "-fn");
    try {
      AttachedPort function = driver.createPort(GRAPH, functionPort("lan:0", "p0")).orThrow();
      configure(inside, "10.0.0.9");
      VirtualLink up = driver.connect(GRAPH, "to function").orThrow();
      VirtualLink down = driver.connect(GRAPH, "to lan").orThrow();
      apply(
          rule("up", 1, MatchFields.ANY, lanPort, up.base().number()),
          rule("down", 1, MatchFields.ANY, down.base().number(), lanPort));
      int functionNumber = function.port().number();
      applyTo(
          GRAPH,
          rule("up", 1, MatchFields.ANY, up.graph().number(), functionNumber),
          rule("down", 1, MatchFields.ANY, functionNumber, down.graph().number()));
      assertThat(lan.connect(new Host(inside, ""), "10.0.0.9", 7000)).contains("10.0.0.1");
    } finally {
      inside.delete();
    }
  }

  @Test
  void rulesAreReplacedUnderTrafficWithoutLoss() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger changes = new AtomicInteger();
    forwardBothWays(0);
    Thread updates =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    forwardBothWays(changes.incrementAndGet() % 7);
                  }
                });
    int lost = 0;
    try (DatagramChannel from = lan.udp(9000);
        DatagramChannel to = wan.udp(9000)) {
      for (int i = 0; i < 3000 || changes.get() < 100; i++) {
        Host.send(from, "packet " + i, "10.0.0.2", 9000);
        lost += Host.receive(to).equals(Optional.of("packet " + i)) ? 0 : 1;
      }
    } finally {
      done.set(true);
      updates.join();
    }
    assertThat(lost).isZero();
  }

  @Test
  void operationsCanBeRepeated() {
    VirtualLink first = driver.connect(GRAPH, "a").orThrow();
    assertThat(driver.connect(GRAPH, "a").orThrow()).isEqualTo(first);
    assertThat(driver.connect(GRAPH, "b").orThrow()).isNotEqualTo(first);
    assertThat(plug(lan)).isEqualTo(lanPort);
    driver.disconnect(first).orThrow();
    driver.disconnect(first).orThrow();
    assertThat(driver.observe().orThrow().links())
        .extracting(link -> link.graph().number())
        .containsOnly(driver.connect(GRAPH, "b").orThrow().graph().number());
  }

  @Test
  void trafficGoesOnWithoutTheNodeAndItsSuccessorTakesOver() {
    apply(
        rule("1", 1, MatchFields.ANY, lanPort, wanPort),
        rule("2", 1, MatchFields.ANY, wanPort, lanPort));
    driver.close();
    assertThat(lan.connect(wan, "10.0.0.2", 7000)).contains("10.0.0.1");
    driver = EbpfSwitch.open(testbed.name()).orThrow();
    assertThat(driver.observe().orThrow().ports())
        .extracting(AttachedPort::switchInterface)
        .containsExactlyInAnyOrder(lan.cable(), wan.cable());
    applyTo(LsiId.BASE, new Placed(lanPort, List.of()));
    assertThat(lan.connect(wan, "10.0.0.2", 7001)).isEmpty();
  }

  @Test
  void anInterfaceIsTheSwitchesUntilItIsGivenBack() throws IOException {
    lan.address("192.0.2.1/24");
    try (RouteSocket route = RouteSocket.open()) {
      route.addAddress(lan.cable(), InetAddress.ofLiteral("192.0.2.99"), 24);
    }
    assertThat(thisMachineAnswers(lan, "192.0.2.99")).isFalse();
    driver.deletePort(LsiId.BASE, new Attachment.HostInterface(lan.cable())).orThrow();
    assertThat(thisMachineAnswers(lan, "192.0.2.99")).isTrue();
    assertThat(driver.observe().orThrow().ports())
        .extracting(AttachedPort::switchInterface)
        .containsExactly(wan.cable());
  }

  @Test
  void anInterfaceThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () -> driver.createPort(LsiId.BASE, new Attachment.HostInterface("absent0")).orThrow())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("absent0");
  }

  /** Whether the host resolves an address of this machine by ARP, asked by sending to it. */
  private static boolean thisMachineAnswers(Host host, String address) throws IOException {
    try (DatagramChannel udp = host.udp(9001)) {
      Host.send(udp, "who are you", address, 9);
      Awaitility.await().atMost(Duration.ofSeconds(3)).until(() -> resolved(host, address));
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  private static boolean resolved(Host host, String address) {
    return host
        .namespace()
        .call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/arp")))
        .stream()
        .anyMatch(line -> line.startsWith(address + " ") && line.contains(" 0x2 "));
  }

  private record Placed(int in, List<SwitchRule> rules) {}

  /** Besides some rules that no packet of the test matches. */
  private void forwardBothWays(int others) {
    List<Placed> rules = new ArrayList<>();
    rules.add(rule("1", 1, MatchFields.ANY, lanPort, wanPort));
    rules.add(rule("2", 1, MatchFields.ANY, wanPort, lanPort));
    for (int i = 1; i <= others; i++) {
      rules.add(
          rule(
              "other " + i,
              1 + i,
              tcp().with(HeaderField.DEST_PORT, HeaderField.DEST_PORT.exact(i)),
              lanPort));
    }
    apply(rules.toArray(new Placed[0]));
  }

  private static Placed rule(
      String id, int priority, MatchFields match, int in, Integer... outputs) {
    return new Placed(
        in, List.of(new SwitchRule(id, priority, match, RuleAction.outputs(List.of(outputs)))));
  }

  private void apply(Placed... rules) {
    applyTo(LsiId.BASE, rules);
  }

  private void applyTo(LsiId lsi, Placed... rules) {
    Map<LsiPort, List<SwitchRule>> tables = new HashMap<>();
    for (Placed placed : rules) {
      tables
          .computeIfAbsent(new LsiPort(lsi, placed.in()), _ -> new ArrayList<>())
          .addAll(placed.rules());
    }
    driver.apply(new RuleChange(tables)).orThrow();
  }

  private int plug(Host host) {
    Attachment cable = new Attachment.HostInterface(host.cable());
    return driver.createPort(LsiId.BASE, cable).orThrow().port().number();
  }

  private Attachment functionPort(String port, String interfaceName) {
    return new Attachment.FunctionInterface(
        "g1/fn/" + port,
        testbed.name() + "-fn",
        interfaceName,
        MacAddress.parse("02:00:00:00:00:01"));
  }

  private static void configure(NetworkNamespace namespace, String address) {
    try (RouteSocket route = namespace.routeSocket()) {
      route.up("p0");
      route.addAddress("p0", InetAddress.ofLiteral(address), 24);
    }
  }

  private static MatchFields tcp() {
    return MatchFields.ANY
        .with(HeaderField.ETHER_TYPE, "0x0800")
        .with(HeaderField.PROTOCOL, HeaderField.PROTOCOL.exact(TCP));
  }

  private Path pins() {
    return BpfFilesystem.ROOT.resolve("universal-node").resolve(testbed.name());
  }
}
