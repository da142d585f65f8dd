package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.universalnode.switching.kit.TestSwitch.GRAPH;
import static org.universalnode.switching.kit.TestSwitch.forward;
import static org.universalnode.switching.kit.TestSwitch.output;
import static org.universalnode.switching.kit.TestSwitch.outputs;
import static org.universalnode.switching.kit.TestSwitch.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.reference.Frame;

/** Changes of rules, under traffic and at their limits. */
abstract class ChangeCases extends ConformanceCases {
  private static final int FRAMES = 3_000;
  private static final int CHANGES = 100;
  private static final int HISTORY = 1_000;
  private static final int HISTORY_FRAMES = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  ChangeCases(SwitchDriverConformance suite) {
    super(suite);
  }

  /** Both LSIs write the number of the change into the frame, each into a field of its own. */
  @Test
  void aFrameMeetsOneStateOfAllLsis() throws InterruptedException {
    assumeTrue(
        tested
            .driver()
            .features()
            .setters()
            .containsAll(List.of(HeaderField.SOURCE_MAC, HeaderField.DEST_MAC)));
    LsiPort in = tested.machinePort();
    LsiPort out = tested.functionPort();
    VirtualLink link = tested.layout().connect(GRAPH, "a");
    Map<LsiPort, List<SwitchRule>> first = numbered(0, in, link, out);
    tested.apply(first);
    List<Frame> seen =
        underChanges(
            number -> tested.tryTo(numbered(number, in, link, out)).orThrow(),
            () -> sendAndReceive(in, frame("udp 10.0.0.1:5 -> 10.0.0.2:6")));
    assertThat(seen)
        .allSatisfy(
            frame ->
                assertThat(frame.headers().number(HeaderField.SOURCE_MAC))
                    .isEqualTo(frame.headers().number(HeaderField.DEST_MAC)))
        .hasSizeGreaterThanOrEqualTo(FRAMES);
  }

  /** Each step is a change of its own, so that whatever a driver keeps from before is met. */
  @Test
  void aTableThatChangesALittleAtATimeDoesWhatTheReferenceSays() {
    LsiPort in = tested.machinePort();
    List<Integer> outs = List.of(tested.machinePort().number(), tested.machinePort().number());
    long seed = System.nanoTime();
    System.out.println("history seed " + seed);
    RandomFrames frames = new RandomFrames(seed, FrameKnobs.PLAIN);
    List<Frame> drawn = frames.frames(HISTORY_FRAMES);
    RandomRules rules = new RandomRules(seed, tested.driver().features(), outs);
    RuleHistory history = new RuleHistory(seed, rules, drawn);
    for (int step = 0; step < HISTORY; step++) {
      Map<LsiPort, List<SwitchRule>> change = Map.of(in, history.next());
      if (tested.tryTo(change) instanceof Result.Failed<Nothing>(var problem)) {
        assertThat(problem.code()).isEqualTo(Problem.Code.UNSUPPORTED);
        continue;
      }
      tested.apply(change);
      tested.expectAgreement(in, drawn.toArray(Frame[]::new));
    }
  }

  @Test
  void rulesAreReplacedWithoutLoss() throws InterruptedException {
    LsiPort in = tested.machinePort();
    LsiPort out = tested.machinePort();
    tested.apply(Map.of(in, withOthers(0, out)));
    List<Frame> seen =
        underChanges(
            number -> tested.tryTo(Map.of(in, withOthers(number % 7, out))).orThrow(),
            () -> sendAndReceive(in, frame("udp 10.0.0.1:5 -> 10.0.0.2:6")));
    assertThat(seen).hasSizeGreaterThanOrEqualTo(FRAMES);
  }

  @Test
  void tenThousandRulesWorkLikeOne() {
    LsiPort in = tested.machinePort();
    LsiPort one = tested.machinePort();
    LsiPort two = tested.machinePort();
    for (int count : List.of(1, 100, 10_000)) {
      List<SwitchRule> rules = new ArrayList<>();
      for (int port = 0; port < count; port++) {
        rules.add(rule("r" + port, 2, udpTo(port), outputs(port % 2 == 0 ? one : two)));
      }
      rules.add(forward("rest", two, one));
      tested.apply(Map.of(in, rules));
      for (int port : List.of(0, 1, count / 2, count - 1, count, 65_535)) {
        tested.expectAgreement(in, frame("udp 10.0.0.1:5 -> 10.0.0.2:" + port));
      }
    }
  }

  /** Rules look at up to 129 different combinations of bits, which may be too many. */
  @Test
  void whatIsTooMuchIsRefusedAndChangesNothing() {
    LsiPort in = tested.machinePort();
    LsiPort out = tested.machinePort();
    tested.apply(in, forward("before", out));
    List<SwitchRule> rules = new ArrayList<>();
    for (int length = 1; length <= 128; length++) {
      MatchFields match = MatchFields.ANY.with(HeaderField.IPV6_DEST, "2001:db8::/" + length);
      rules.add(rule("r" + length, length, match, outputs(out, out)));
    }
    Map<LsiPort, List<SwitchRule>> change = Map.of(in, rules, out, List.of(forward("o", in)));
    Result<Nothing> answer = tested.tryTo(change);
    if (answer instanceof Result.Failed<Nothing>(var problem)) {
      assertThat(problem.nextStep()).isNotEmpty();
    } else {
      tested.apply(change);
    }
    tested.expectAgreement(in, frame("udp [2001:db8::1]:53 -> [2001:db8::2]:5353"));
    tested.expectAgreement(out, frame("udp [2001:db8::1]:53 -> [2001:db8::2]:5353"));
  }

  @Test
  void aRuleThatDoesTooMuchIsRefusedAndChangesNothing() {
    LsiPort in = tested.machinePort();
    LsiPort out = tested.machinePort();
    tested.apply(in, forward("before", out));
    List<RuleAction<Integer>> many = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      many.add(output(out));
    }
    Result<Nothing> answer = tested.tryTo(Map.of(in, List.of(rule("r", 1, MatchFields.ANY, many))));
    assertThat(answer).isInstanceOf(Result.Failed.class);
    tested.expectAgreement(in, frame("udp 10.0.0.1:5 -> 10.0.0.2:6"));
  }

  private interface Change {
    void number(int number);
  }

  private interface Passage {
    Optional<Frame> seen();
  }

  /** Sends frames one by one while rules change all the time; what was seen of them. */
  private static List<Frame> underChanges(Change change, Passage passage)
      throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger changes = new AtomicInteger();
    Thread changing =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    change.number(changes.incrementAndGet());
                  }
                });
    List<Frame> seen = new ArrayList<>();
    try {
      for (int i = 0; i < FRAMES || changes.get() < CHANGES; i++) {
        Optional<Frame> frame = passage.seen();
        assertThat(frame).as("frame %d", i).isPresent();
        frame.ifPresent(seen::add);
        assertThat(changing.isAlive()).as("changes succeed").isTrue();
      }
    } finally {
      done.set(true);
      changing.join();
    }
    return seen;
  }

  private Optional<Frame> sendAndReceive(LsiPort in, Frame frame) {
    tested.wires().send(tested.layout().wire(in), frame);
    return tested.wires().receive(PATIENCE).map(Wires.Received::frame);
  }

  private static Map<LsiPort, List<SwitchRule>> numbered(
      int number, LsiPort in, VirtualLink link, LsiPort out) {
    Bits mac = Bits.of(0x02_00_00_00_00_00L + number);
    return Map.of(
        in,
        List.of(setting(HeaderField.SOURCE_MAC, mac, link.base())),
        link.graph(),
        List.of(setting(HeaderField.DEST_MAC, mac, out)));
  }

  private static SwitchRule setting(HeaderField field, Bits value, LsiPort out) {
    return rule("set", 1, udpTo(6), List.of(new RuleAction.SetField<>(field, value), output(out)));
  }

  /** Besides some rules that no frame of the test matches. */
  private static List<SwitchRule> withOthers(int others, LsiPort out) {
    List<SwitchRule> rules = new ArrayList<>();
    rules.add(rule("met", others, udpTo(6), outputs(out)));
    for (int i = 0; i < others; i++) {
      rules.add(rule("other" + i, 2 + i, udpTo(1000 + i), List.of()));
    }
    return rules;
  }

  private static MatchFields udpTo(int port) {
    return MatchFields.ANY
        .with(HeaderField.ETHER_TYPE, "0x0800")
        .with(HeaderField.PROTOCOL, "17")
        .with(HeaderField.DEST_PORT, HeaderField.DEST_PORT.exact(port));
  }
}
