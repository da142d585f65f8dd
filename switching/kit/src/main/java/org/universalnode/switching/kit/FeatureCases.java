package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.universalnode.switching.kit.TestSwitch.forward;
import static org.universalnode.switching.kit.TestSwitch.outputs;
import static org.universalnode.switching.kit.TestSwitch.rule;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.universalnode.nffg.ActionType;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.problem.Result;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchFeatures;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.Headers;

/** The driver can do what it says it can, and refuses what it says it can't. */
abstract class FeatureCases extends ConformanceCases {
  private static final long SEED = 20_260_101;
  private static final int FRAMES = 40;
  private static final int LEAST_BYTES = 14;

  private final LsiPort in = tested.machinePort();
  private final LsiPort out = tested.machinePort();
  private final SwitchFeatures features = tested.driver().features();

  FeatureCases(SwitchDriverConformance suite) {
    super(suite);
  }

  @TestFactory
  Stream<DynamicTest> everyMatchThatItClaimsSelects() {
    return features.matches().stream()
        .sorted()
        .map(field -> DynamicTest.dynamicTest(field.name(), () -> selects(field)));
  }

  @TestFactory
  Stream<DynamicTest> everySetterThatItClaimsWritesTheField() {
    return features.setters().stream()
        .sorted()
        .map(field -> DynamicTest.dynamicTest(field.name(), () -> writes(field)));
  }

  @TestFactory
  Stream<DynamicTest> everySetterThatItDoesNotClaimIsRefused() {
    return Stream.of(HeaderField.values())
        .filter(field -> !features.setters().contains(field))
        .map(field -> DynamicTest.dynamicTest(field.name(), () -> refuses(setter(field, 0))));
  }

  @TestFactory
  Stream<DynamicTest> everyMatchThatItDoesNotClaimIsRefused() {
    return Stream.of(HeaderField.values())
        .filter(field -> !features.matches().contains(field))
        .map(
            field -> {
              MatchFields match = MatchFields.ANY.with(field, field.exact(0));
              SwitchRule rule = new SwitchRule("r", 1, match, outputs(out));
              return DynamicTest.dynamicTest(field.name(), () -> refuses(rule));
            });
  }

  @Test
  void tagsThatArePushedAreOutside() {
    assumeTrue(features.actions().contains(ActionType.PUSH_VLAN));
    List<RuleAction<Integer>> twice =
        List.of(
            new RuleAction.PushVlan<>(25),
            new RuleAction.PushVlan<>(100),
            new RuleAction.Output<>(out.number()));
    tested.apply(in, rule("push", 1, MatchFields.ANY, twice));
    tested.expectAgreement(in, withAndWithoutTags());
  }

  @Test
  void tagsThatArePoppedAreTheOutermost() {
    assumeTrue(features.actions().contains(ActionType.POP_VLAN));
    List<RuleAction<Integer>> once =
        List.of(new RuleAction.PopVlan<>(), new RuleAction.Output<>(out.number()));
    tested.apply(in, rule("pop", 1, MatchFields.ANY, once));
    tested.expectAgreement(in, withAndWithoutTags());
  }

  @Test
  void withoutActionARuleDrops() {
    tested.apply(in, rule("drop", 2, MatchFields.ANY, List.of()), forward("never", out));
    tested.expectAgreement(in, withAndWithoutTags());
  }

  private void selects(HeaderField field) {
    Frame has = having(field);
    Headers headers = has.headers();
    MatchFields match = needs(field, headers).with(field, field.exact(headers.get(field)));
    tested.apply(in, rule("selects", 1, match, outputs(out)));
    tested.expectAgreement(in, has);
    tested.expectAgreement(in, frames().limit(FRAMES).toArray(Frame[]::new));
  }

  private void writes(HeaderField field) {
    for (long value : new long[] {1, field == HeaderField.VLAN ? 0x0ffe : field.mask().low()}) {
      tested.apply(in, setter(field, value));
      Frame has =
          frames()
              .filter(frame -> !frame.with(field, Bits.of(value)).equals(frame))
              .findFirst()
              .orElseThrow();
      tested.expectAgreement(in, has);
      tested.expectAgreement(in, frames().limit(FRAMES).toArray(Frame[]::new));
    }
  }

  private void refuses(SwitchRule rule) {
    tested.apply(in, forward("all", out));
    assertThat(tested.tryTo(Map.of(in, List.of(rule)))).isInstanceOf(Result.Failed.class);
    tested.expectAgreement(in, frame("udp 10.0.0.1:5 -> 10.0.0.2:6"));
  }

  private SwitchRule setter(HeaderField field, long value) {
    RuleAction<Integer> set = new RuleAction.SetField<>(field, Bits.of(value));
    List<RuleAction<Integer>> actions = List.of(set, new RuleAction.Output<>(out.number()));
    return rule("sets", 1, MatchFields.ANY, actions);
  }

  /** What a match must say besides, of which not all can be guessed. */
  private static MatchFields needs(HeaderField field, Headers headers) {
    MatchFields needs = MatchFields.ANY;
    List<HeaderField> all =
        switch (field) {
          case ETHER_TYPE, VLAN, VLAN_PRIORITY, SOURCE_MAC, DEST_MAC -> List.of();
          case ND_TARGET, ND_SOURCE_MAC, ND_TARGET_MAC ->
              List.of(HeaderField.ETHER_TYPE, HeaderField.PROTOCOL, HeaderField.ICMPV6_TYPE);
          case SOURCE_PORT, DEST_PORT, ICMPV4_TYPE, ICMPV4_CODE, ICMPV6_TYPE, ICMPV6_CODE ->
              List.of(HeaderField.ETHER_TYPE, HeaderField.PROTOCOL);
          default -> List.of(HeaderField.ETHER_TYPE);
        };
    for (HeaderField need : all) {
      needs = needs.with(need, new FieldMatch(headers.get(need), need.mask()));
    }
    return needs;
  }

  /** A frame with a tag or with a field that is not zero. */
  private Frame having(HeaderField field) {
    return frames()
        .filter(frame -> frame.headers().has(field))
        .filter(frame -> !frame.headers().get(field).equals(Bits.ZERO))
        .findFirst()
        .orElseThrow();
  }

  private static Frame[] withAndWithoutTags() {
    FrameKnobs knobs = new FrameKnobs(3, true, false, false, false, false);
    return new RandomFrames(SEED, knobs).frames(FRAMES).toArray(Frame[]::new);
  }

  private Stream<Frame> frames() {
    FrameKnobs knobs = new FrameKnobs(3, true, true, true, false, true);
    return Stream.generate(new RandomFrames(SEED, knobs)::next)
        .filter(frame -> frame.size() >= LEAST_BYTES)
        .filter(tested.wires()::carries);
  }
}
