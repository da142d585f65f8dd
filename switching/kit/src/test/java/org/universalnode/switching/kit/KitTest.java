package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.ActionType;
import org.universalnode.nffg.EndPointType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchFeatures;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.reference.Frame;

/** What is drawn meets, is varied, and is the same again. */
class KitTest {
  static final SwitchFeatures EVERYTHING =
      new SwitchFeatures(
          EnumSet.allOf(EndPointType.class),
          EnumSet.allOf(HeaderField.class),
          EnumSet.allOf(ActionType.class),
          Action.SetField.FIELDS);
  private static final int FRAMES = 5_000;

  @Test
  void theSameSeedDrawsTheSame() {
    assertThat(frames(7, FrameKnobs.EVERYTHING)).isEqualTo(frames(7, FrameKnobs.EVERYTHING));
    assertThat(frames(7, FrameKnobs.EVERYTHING)).isNotEqualTo(frames(8, FrameKnobs.EVERYTHING));
    List<Frame> frames = frames(7, FrameKnobs.EVERYTHING);
    assertThat(rules(3, EVERYTHING).rules(50, frames))
        .isEqualTo(rules(3, EVERYTHING).rules(50, frames));
  }

  @Test
  void everyFieldOccursOften() {
    Map<HeaderField, Integer> there = new EnumMap<>(HeaderField.class);
    for (Frame frame : frames(1, FrameKnobs.EVERYTHING)) {
      frame.headers().fields().keySet().forEach(field -> there.merge(field, 1, Integer::sum));
    }
    assertThat(there).containsOnlyKeys(HeaderField.values());
    assertThat(there.values()).allMatch(count -> count > FRAMES / 200);
  }

  @Test
  void plainFramesAreWholeAndRight() {
    for (Frame frame : frames(2, FrameKnobs.PLAIN)) {
      assertThat(frame.headers().fault()).as(frame.toString()).isEmpty();
      assertThat(frame.headers().tags()).isLessThanOrEqualTo(1);
      assertThat(frame.withRightChecksums()).isEqualTo(frame);
    }
  }

  @Test
  void framesHaveAsManyTagsAsAllowed() {
    assertThat(frames(4, FrameKnobs.PLAIN.withTags(4)))
        .extracting(frame -> frame.headers().tags())
        .containsOnly(0, 1, 2, 3, 4);
    assertThat(frames(4, FrameKnobs.PLAIN.withTags(0)))
        .extracting(frame -> frame.headers().tags())
        .containsOnly(0);
  }

  @Test
  void matchesMostlyMeetTheirFrameAndSometimesMissIt() {
    RandomRules rules = rules(5, EVERYTHING);
    int met = 0;
    int all = 0;
    for (Frame frame : frames(5, FrameKnobs.EVERYTHING)) {
      MatchFields match = rules.match(frame);
      all += match.equals(MatchFields.ANY) ? 1 : 0;
      met += meets(match, frame) ? 1 : 0;
      assertThat(match.withPrerequisites()).isEqualTo(match);
    }
    assertThat(met).isBetween(FRAMES / 2, FRAMES * 95 / 100);
    assertThat(all).isBetween(FRAMES / 40, FRAMES / 5);
  }

  @Test
  void rulesDoOnlyWhatTheFeaturesAllow() {
    SwitchFeatures few =
        new SwitchFeatures(
            Set.of(),
            Set.of(HeaderField.ETHER_TYPE, HeaderField.VLAN, HeaderField.IPV4_DEST),
            Set.of(ActionType.OUTPUT, ActionType.SET_FIELD),
            Set.of(HeaderField.DEST_MAC));
    List<SwitchRule> drawn = rules(6, few).rules(1_000, frames(6, FrameKnobs.EVERYTHING));
    for (SwitchRule rule : drawn) {
      assertThat(few.matches()).containsAll(rule.match().fields().keySet());
      assertThat(rule.actions()).allMatch(KitTest::isOutputOrSetsDestMac);
      assertThat(List.of(2, 3, 4)).containsAll(rule.outputs());
    }
    assertThat(drawn).anyMatch(rule -> rule.outputs().isEmpty());
    assertThat(drawn).extracting(SwitchRule::id).doesNotHaveDuplicates();
  }

  private static boolean isOutputOrSetsDestMac(RuleAction<Integer> action) {
    return switch (action) {
      case RuleAction.Output<Integer> _ -> true;
      case RuleAction.SetField<Integer> set -> set.field() == HeaderField.DEST_MAC;
      case RuleAction.PushVlan<Integer> _, RuleAction.PopVlan<Integer> _ -> false;
    };
  }

  static boolean meets(MatchFields match, Frame frame) {
    return match.fields().entrySet().stream()
        .allMatch(entry -> entry.getValue().matches(frame.headers().get(entry.getKey())));
  }

  private static List<Frame> frames(long seed, FrameKnobs knobs) {
    return new RandomFrames(seed, knobs).frames(FRAMES);
  }

  private static RandomRules rules(long seed, SwitchFeatures features) {
    return new RandomRules(seed, features, List.of(2, 3, 4));
  }
}
