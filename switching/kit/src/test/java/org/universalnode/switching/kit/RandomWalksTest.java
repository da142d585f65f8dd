package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.ActionType;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchFeatures;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.reference.Departure;
import org.universalnode.switching.reference.Done;
import org.universalnode.switching.reference.Done.Effect;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.ReferenceSwitch;
import org.universalnode.switching.reference.Walk;

/** What is true of all frames and rules; each case is its seed. */
class RandomWalksTest {
  private static final int FRAMES = 500;
  private static final LsiPort IN = new LsiPort(LsiId.BASE, 1);
  private static final List<HeaderField> SETTERS =
      Action.SetField.FIELDS.stream().sorted().toList();

  static Stream<Long> seeds() {
    return new Random().longs(20).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsSetThereAndBackIsAsItWas(long seed) {
    Random random = new Random(seed);
    FrameKnobs knobs = new FrameKnobs(5, true, true, true, false, true);
    for (Frame whole : frames(seed, knobs)) {
      Frame frame = random.nextInt(5) == 0 ? cut(whole, random) : whole;
      HeaderField field = SETTERS.get(random.nextInt(SETTERS.size()));
      Bits before = frame.headers().get(field);
      Frame there = frame.with(field, random(field, random));
      assertThat(there.with(field, before)).as(field + " " + frame).isEqualTo(frame);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsSetIsThereAndAllElseIsAsItWas(long seed) {
    Random random = new Random(seed);
    for (Frame frame : frames(seed, FrameKnobs.EVERYTHING)) {
      HeaderField field = SETTERS.get(random.nextInt(SETTERS.size()));
      Bits value = random(field, random);
      Frame other = frame.with(field, value);
      EnumSet<HeaderField> changed = EnumSet.noneOf(HeaderField.class);
      for (HeaderField each : HeaderField.values()) {
        if (!frame.headers().get(each).equals(other.headers().get(each))) {
          changed.add(each);
        }
      }
      assertThat(EnumSet.of(field)).as(field + " " + frame).containsAll(changed);
      assertThat(other.size()).isEqualTo(frame.size());
      if (frame.headers().has(field) && (field != HeaderField.VLAN || frame.headers().tags() > 0)) {
        assertThat(other.headers().get(field)).isEqualTo(value);
      } else {
        assertThat(other).isSameAs(frame);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void rightChecksumsStayRight(long seed) {
    Random random = new Random(seed);
    FrameKnobs knobs = new FrameKnobs(4, true, true, false, false, false);
    for (Frame frame : frames(seed, knobs)) {
      Frame other = frame;
      for (HeaderField field : SETTERS) {
        other = other.with(field, random(field, random));
      }
      assertThat(other.withRightChecksums()).as(frame.toString()).isEqualTo(other);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pushAndThenPopIsNothing(long seed) {
    for (Frame frame : frames(seed, FrameKnobs.EVERYTHING)) {
      Optional<Frame> pushed = frame.pushed(7);
      pushed.ifPresent(
          tagged -> {
            assertThat(tagged.popped()).isEqualTo(frame);
            assertThat(tagged.headers().number(HeaderField.VLAN)).isEqualTo(0x1007);
            assertThat(tagged.headers().number(HeaderField.ETHER_TYPE))
                .isEqualTo(frame.headers().number(HeaderField.ETHER_TYPE));
          });
      assertThat(pushed.isEmpty()).isEqualTo(frame.headers().fault().isPresent());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aFrameIsReadWhereverItEnds(long seed) {
    Random random = new Random(seed);
    for (Frame frame : frames(seed, FrameKnobs.EVERYTHING)) {
      Frame cut = cut(frame, random);
      Set<HeaderField> fields = cut.headers().fields().keySet();
      assertThat(
              frame.headers().fault().isPresent()
                  || frame.headers().fields().keySet().containsAll(fields))
          .as(frame.toString())
          .isTrue();
      assertThat(cut.describe()).isNotEmpty();
    }
  }

  /** Against the definition, on which the fast way has to agree. */
  @ParameterizedTest
  @MethodSource("seeds")
  void theFirstRuleThatMatchesDecides(long seed) {
    List<Frame> frames = frames(seed, FrameKnobs.EVERYTHING);
    List<SwitchRule> rules = rules(seed, frames);
    ReferenceSwitch lsi = new ReferenceSwitch(Map.of(IN, rules), List.of(), List.of());
    List<SwitchRule> ordered = rules.stream().sorted(SwitchRule.DECIDING_ORDER).toList();
    for (Frame frame : frames) {
      Optional<String> expected =
          ordered.stream()
              .filter(rule -> frame.headers().fault().isEmpty() && meets(rule, frame))
              .map(SwitchRule::id)
              .findFirst();
      assertThat(lsi.run(IN, frame).steps().getFirst().rule())
          .as(frame.toString())
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void oneCopyLeavesForEachOutputThatIsReached(long seed) {
    List<Frame> frames = frames(seed, FrameKnobs.EVERYTHING);
    ReferenceSwitch lsi =
        new ReferenceSwitch(Map.of(IN, rules(seed, frames)), List.of(), List.of());
    for (Frame frame : frames) {
      Walk<LsiPort> walk = lsi.run(IN, frame);
      List<Done<LsiPort>> done = walk.steps().getFirst().actions();
      assertThat(walk.leaving())
          .extracting(Departure::frame)
          .isEqualTo(
              done.stream().filter(d -> d.effect() == Effect.SENT).map(Done::frame).toList());
      assertThat(IntStream.range(1, done.size()))
          .allMatch(
              i ->
                  (done.get(i).effect() == Effect.CHANGED)
                      != done.get(i).frame().equals(done.get(i - 1).frame()));
    }
  }

  private static Frame cut(Frame frame, Random random) {
    return Frame.of(Arrays.copyOf(frame.bytes(), random.nextInt(frame.size() + 1)));
  }

  private static boolean meets(SwitchRule rule, Frame frame) {
    return rule.match().fields().entrySet().stream()
        .allMatch(entry -> entry.getValue().matches(frame.headers().get(entry.getKey())));
  }

  private static List<Frame> frames(long seed, FrameKnobs knobs) {
    return new RandomFrames(seed, knobs).frames(FRAMES);
  }

  private static List<SwitchRule> rules(long seed, List<Frame> frames) {
    SwitchFeatures features =
        new SwitchFeatures(
            Set.of(),
            EnumSet.allOf(HeaderField.class),
            EnumSet.allOf(ActionType.class),
            Action.SetField.FIELDS);
    return new RandomRules(seed, features, List.of(2, 3, 4)).rules(20, frames);
  }

  private static Bits random(HeaderField field, Random random) {
    Bits bits = new Bits(random.nextLong(), random.nextLong()).and(field.mask());
    return field == HeaderField.VLAN
        ? bits.or(Bits.of(HeaderField.VLAN_PRESENT)).and(field.mask())
        : bits;
  }
}
