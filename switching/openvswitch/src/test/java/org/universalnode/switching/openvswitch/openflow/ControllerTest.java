package org.universalnode.switching.openvswitch.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The controller and a real Open vSwitch. */
@Execution(ExecutionMode.SAME_THREAD)
class ControllerTest {
  private static final long BRIDGE = 0xaabb;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final long COOKIE = 0x7_0000_0001L;
  private static final long LEARNT = 77;
  private static final FlowMod.Options ENDS_SOON =
      FlowMod.Options.NONE
          .withCookie(COOKIE, 0)
          .withTimeouts(0, 1)
          .withFlags(FlowMod.Options.SEND_FLOW_REMOVED);

  private final Observed observed = new Observed();
  private final SwitchUnderTest openVswitch = SwitchUnderTest.start();
  private final Controller controller =
      Controller.listen(
          UnixDomainSocketAddress.of(openVswitch.controller()), Limits.USUAL, observed);
  private Datapath bridge;

  ControllerTest() throws IOException {
    openVswitch.addBridge("b0", BRIDGE);
    openVswitch.addPort("b0", "p1", 1);
    openVswitch.addPort("b0", "p2", 2);
    openVswitch.addPort("b0", "p3", 3);
    bridge = present(BRIDGE);
  }

  @AfterEach
  void close() throws IOException {
    try (openVswitch;
        controller) {
      assertThat(controller.datapath(BRIDGE)).isPresent();
    }
  }

  @Test
  void aThousandFlowsBecomeValidTogetherAndAreReadBackAsTheyWereSent() {
    List<FlowMod> flows = flows(1_000);
    assertThat(bridge.apply(flows)).isEqualTo(new BundleOutcome.Applied());
    assertThat(told()).isEqualTo(new HashSet<>(flows));
  }

  @Test
  void aFlowThatLacksWhatItsMatchNeedsRefusesAllOfThem() {
    List<FlowMod> flows = new ArrayList<>(flows(1_000));
    Match portOfNothing = Match.ANY.with(Oxm.TCP_DST, 80);
    flows.set(500, FlowMod.add(0, 1, portOfNothing, List.of()).withCookie(COOKIE));
    assertThat(bridge.apply(flows))
        .isInstanceOfSatisfying(
            BundleOutcome.Refused.class,
            refused -> {
              assertThat(refused.changes())
                  .containsExactly(
                      new BundleOutcome.RefusedChange(500, flows.get(500), new ErrorCode(4, 9)));
              assertThat(refused.problem().detail())
                  .contains("change 500", "TCP_DST=0x50", "OFPBMC_BAD_PREREQ");
            });
    assertThat(told()).isEmpty();
  }

  @Test
  void aFlowThatIsRefusedOnlyAtTheEndIsNamedToo() {
    FlowMod first = flows(1).getFirst();
    FlowMod overlaps =
        FlowMod.add(0, first.priority(), Match.ANY.with(Oxm.IN_PORT, 1), List.of())
            .with(FlowMod.Options.NONE.withFlags(FlowMod.Options.CHECK_OVERLAP));
    assertThat(bridge.apply(List.of(first, overlaps)))
        .isInstanceOfSatisfying(
            BundleOutcome.Refused.class,
            refused ->
                assertThat(refused.changes())
                    .containsExactly(
                        new BundleOutcome.RefusedChange(1, overlaps, new ErrorCode(5, 3))));
    assertThat(told()).isEmpty();
  }

  @Test
  void afterARefusalTheNextChangeIsApplied() {
    FlowMod bad = FlowMod.add(0, 1, Match.ANY.with(Oxm.UDP_SRC, 1), List.of());
    for (int i = 0; i < 50; i++) {
      assertThat(bridge.apply(List.of(bad))).isInstanceOf(BundleOutcome.Refused.class);
    }
    assertThat(bridge.apply(flows(1))).isEqualTo(new BundleOutcome.Applied());
  }

  @Test
  void flowsAreFoundAndDeletedByTheBitsOfTheirCookies() {
    List<FlowMod> flows = flows(10);
    bridge.apply(flows).orThrow();
    FlowMod other = FlowMod.add(0, 1, Match.ANY, List.of()).withCookie(1);
    bridge.apply(List.of(other)).orThrow();
    assertThat(bridge.flows(COOKIE, ~0L)).hasSize(10);
    assertThat(bridge.flows(0, 0)).hasSize(11);
    bridge.apply(List.of(FlowMod.deleteAll(COOKIE, ~0L))).orThrow();
    assertThat(bridge.flows(0, 0)).extracting(FlowStats::cookie).containsExactly(1L);
  }

  @Test
  void actionsOfOpenVswitchAreReadBackAsTheyWereSent() {
    List<Action> actions =
        List.of(
            new NiciraAction.Move(Oxm.REG1.bits(0, 16), Oxm.REG2.bits(16, 16)),
            new NiciraAction.Load(Oxm.REG3.bits(4, 8), 0x5a),
            new Action.PushVlan(0x8100),
            new Action.SetField(Oxm.VLAN_VID.exact(0x1007)),
            new Action.PopVlan(),
            learnSources(),
            new NiciraAction.Resubmit(1),
            new NiciraAction.OutputFrom(Oxm.REG0.all(), 0),
            new Action.Output(PortNumber.IN_PORT));
    FlowMod flow =
        FlowMod.add(0, 9, Match.ANY.with(Oxm.REG1, 5, 0xff), List.of(apply(actions)))
            .withCookie(COOKIE);
    bridge.apply(List.of(flow)).orThrow();
    assertThat(told()).containsExactly(flow);
    assertThat(openVswitch.ofctl("dump-flows", openVswitch.management("b0")))
        .contains(
            "reg1=0x5/0xff",
            "move:NXM_NX_REG1[0..15]->NXM_NX_REG2[16..31],load:0x5a->NXM_NX_REG3[4..11],",
            "learn(table=1,idle_timeout=60,priority=1,cookie=0x4d,",
            "NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],output:NXM_OF_IN_PORT[])",
            "resubmit(,1),output:NXM_NX_REG0[],IN_PORT");
  }

  @Test
  void framesAreCountedByFlowsAndPorts() {
    FlowMod flow =
        FlowMod.add(0, 5, Match.ANY.with(Oxm.IN_PORT, 1), List.of(apply(output(2))))
            .withCookie(COOKIE);
    bridge.apply(List.of(flow)).orThrow();
    openVswitch.receive("p1", frame(1, 2));
    await().atMost(LONG).until(() -> bridge.flows(COOKIE, ~0L).getFirst().packets() == 1);
    assertThat(bridge.flows(COOKIE, ~0L).getFirst().bytes()).isEqualTo(60);
    assertThat(counters(1).received().packets()).isEqualTo(1);
    assertThat(counters(1).received().bytes()).isEqualTo(60);
    assertThat(counters(2).sent().packets()).isEqualTo(1);
  }

  @Test
  void portsAreListedAndTheirChangesTold() {
    assertThat(bridge.ports())
        .extracting(Port::name)
        .containsExactlyInAnyOrder("b0", "p1", "p2", "p3");
    openVswitch.addPort("b0", "p4", 4);
    Message.PortStatus added =
        observed.message(Message.PortStatus.class, status -> status.port().number() == 4);
    assertThat(added.change()).isEqualTo(Message.PortStatus.Change.ADDED);
    assertThat(added.port().name()).isEqualTo("p4");
  }

  @Test
  void framesGoToTheControllerAndFromIt() {
    Action toController = new Action.Output(PortNumber.CONTROLLER, Action.Output.WHOLE);
    FlowMod flow =
        FlowMod.add(0, 5, Match.ANY.with(Oxm.IN_PORT, 2), List.of(apply(List.of(toController))))
            .withCookie(COOKIE);
    bridge.apply(List.of(flow)).orThrow();
    Octets frame = Octets.of(HexFormat.of().parseHex(frame(3, 4)));
    List<Action> throughTables = List.of(new Action.Output(PortNumber.TABLE));
    bridge.send(new Message.PacketOut(FlowMod.NO_BUFFER, 2, throughTables, frame));
    Message.PacketIn packet = observed.message(Message.PacketIn.class, any -> true);
    assertThat(packet.frame()).isEqualTo(frame);
    assertThat(packet.cookie()).isEqualTo(COOKIE);
    assertThat(packet.match()).isEqualTo(Match.ANY.with(Oxm.IN_PORT, 2));
  }

  @Test
  void theEndOfAFlowIsTold() {
    FlowMod flow = flows(1).getFirst().with(ENDS_SOON);
    bridge.apply(List.of(flow)).orThrow();
    FlowRemoved removed = observed.message(FlowRemoved.class, any -> true);
    assertThat(removed.cookie()).isEqualTo(COOKIE);
    assertThat(removed.match()).isEqualTo(flow.match());
    assertThat(removed.reason()).isEqualTo(1);
  }

  @Test
  void flowsThatLearnMakeALearningSwitch() {
    Action.Output toAll = new Action.Output(PortNumber.ALL);
    FlowMod learn =
        FlowMod.add(
            0, 1, Match.ANY, List.of(apply(List.of(learnSources(), new NiciraAction.Resubmit(1)))));
    FlowMod flood = FlowMod.add(1, 0, Match.ANY, List.of(apply(List.of(toAll))));
    bridge.apply(List.of(learn, flood)).orThrow();
    openVswitch.receive("p1", frame(1, 2));
    await().atMost(LONG).until(() -> counters(3).sent().packets() == 1);
    openVswitch.receive("p2", frame(2, 1));
    await().atMost(LONG).until(() -> counters(1).sent().packets() == 1);
    assertThat(counters(3).sent().packets()).isEqualTo(1);
    assertThat(bridge.flows(LEARNT, ~0L))
        .extracting(FlowStats::match)
        .containsExactlyInAnyOrder(
            Match.ANY.with(Oxm.ETH_DST, mac(1)), Match.ANY.with(Oxm.ETH_DST, mac(2)));
  }

  @Test
  void aSwitchThatIsKilledIsGoneAndComesBack() throws Exception {
    bridge.apply(flows(10)).orThrow();
    openVswitch.kill();
    observed.gone(bridge);
    assertThat(controller.datapath(BRIDGE)).isEmpty();
    assertThat(bridge.apply(flows(1))).isInstanceOf(BundleOutcome.Refused.class);
    openVswitch.restart();
    Datapath again = present(BRIDGE);
    assertThat(again).isNotSameAs(bridge);
    assertThat(again.apply(flows(10))).isEqualTo(new BundleOutcome.Applied());
    assertThat(again.flows(COOKIE, ~0L)).hasSize(10);
  }

  @Test
  void bridgesAreToldApartByTheirIds() {
    openVswitch.addBridge("b1", 0xccdd);
    Datapath second = present(0xccdd);
    second.apply(flows(3)).orThrow();
    assertThat(second.flows(0, 0)).hasSize(3);
    assertThat(bridge.flows(0, 0)).isEmpty();
    assertThat(second.description().manufacturer()).startsWith("Nicira");
  }

  @Test
  void severalThreadsChangeFlowsAtOnce() {
    IntStream.range(0, 8)
        .parallel()
        .forEach(
            table -> {
              for (int i = 0; i < 20; i++) {
                FlowMod flow = FlowMod.add(table, i, Match.ANY, List.of());
                bridge.apply(List.of(flow)).orThrow();
              }
            });
    bridge.barrier();
    assertThat(bridge.flows(0, 0)).hasSize(160);
  }

  /** Whoever sends is found later where it came from. */
  private static NiciraAction learnSources() {
    return NiciraAction.Learn.into(
            1,
            1,
            60,
            List.of(
                new NiciraAction.Part.MatchField(Oxm.NXM_ETH_SRC.all(), Oxm.NXM_ETH_DST.all()),
                new NiciraAction.Part.OutputField(Oxm.NXM_IN_PORT.all())))
        .withCookie(LEARNT);
  }

  private static List<FlowMod> flows(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                FlowMod.add(
                        0,
                        100,
                        Match.ANY
                            .with(Oxm.IN_PORT, 1 + i % 3)
                            .with(Oxm.ETH_TYPE, 0x0800)
                            .with(Oxm.IPV4_DST, 0x0a00_0000 + ((long) i << 8), 0xffff_ff00L),
                        List.of(apply(output(2))))
                    .withCookie(COOKIE))
        .toList();
  }

  /** The flows with our cookie as if they had just been sent. */
  private Set<FlowMod> told() {
    Set<FlowMod> all = new HashSet<>();
    for (FlowStats flow : bridge.flows(COOKIE, ~0L)) {
      all.add(
          FlowMod.add(flow.table(), flow.priority(), flow.match(), flow.instructions())
              .with(FlowMod.Options.NONE.withCookie(flow.cookie(), 0).withFlags(flow.flags())));
    }
    return all;
  }

  private PortCounters counters(int port) {
    return bridge.portCounters().stream()
        .filter(each -> each.port() == port)
        .findFirst()
        .orElseThrow();
  }

  private Datapath present(long id) {
    try {
      return controller.await(id, LONG).orElseThrow();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Instruction apply(List<Action> actions) {
    return new Instruction.ApplyActions(actions);
  }

  private static List<Action> output(int port) {
    return List.of(new Action.Output(port));
  }

  private static long mac(int host) {
    return 0x0200_0000_0000L + host;
  }

  /** The shortest there is, in hexadecimal. */
  private static String frame(int from, int to) {
    String payload = "88b5" + "00".repeat(46);
    return "02000000%04x02000000%04x%s".formatted(to, from, payload);
  }
}
