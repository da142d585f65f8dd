package org.universalnode.switching.openvswitch.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.ActionType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.switching.SwitchFeatures;
import org.universalnode.switching.kit.FrameKnobs;
import org.universalnode.switching.kit.RandomFrames;
import org.universalnode.switching.kit.RandomRules;
import org.universalnode.switching.reference.Frame;

/** Open vSwitch takes whatever graphs say about frames, and tells the same of it. */
class MatchesOfGraphsTest {
  private static final int FLOWS = 2_000;
  private static final SwitchFeatures ALL_FIELDS =
      new SwitchFeatures(
          Set.of(), EnumSet.allOf(HeaderField.class), Set.of(ActionType.OUTPUT), Set.of());

  @Test
  void generatedMatchesAreReadBackAsTheyWereSent() throws IOException, InterruptedException {
    long seed = System.nanoTime();
    List<FlowMod> flows = flows(seed);
    try (SwitchUnderTest openVswitch = SwitchUnderTest.start();
        Controller controller =
            Controller.listen(
                UnixDomainSocketAddress.of(openVswitch.controller()),
                Limits.USUAL,
                new Observed())) {
      openVswitch.addBridge("b0", 1);
      Datapath bridge = controller.await(1, Duration.ofSeconds(30)).orElseThrow();
      assertThat(bridge.apply(flows)).as("seed %d", seed).isEqualTo(new BundleOutcome.Applied());
      Map<Long, Match> told = new HashMap<>();
      bridge.flows(0, 0).forEach(flow -> told.put(flow.cookie(), flow.match()));
      assertThat(told).hasSameSizeAs(flows).hasSizeGreaterThan(FLOWS * 9 / 10);
      flows.forEach(
          flow ->
              assertThat(told.get(flow.options().cookie()))
                  .as("seed %d", seed)
                  .isEqualTo(flow.match()));
    }
  }

  /** Each with a cookie and a priority of its own, so that none takes the place of another. */
  private static List<FlowMod> flows(long seed) {
    List<Frame> frames = new RandomFrames(seed, FrameKnobs.EVERYTHING).frames(200);
    RandomRules rules = new RandomRules(seed, ALL_FIELDS, List.of(1));
    List<FlowMod> flows = new ArrayList<>();
    for (int i = 0; i < FLOWS; i++) {
      MatchFields fields = rules.match(frames.get(i % frames.size()));
      int number = i;
      taken(fields)
          .map(match -> FlowMod.add(0, number, match, List.of()).withCookie(number))
          .ifPresent(flows::add);
    }
    return flows;
  }

  /** Empty if it has been refused beforehand. */
  private static Optional<Match> taken(MatchFields fields) {
    return switch (Result.of(() -> HeaderMatch.of(fields))) {
      case Result.Done<Match>(Match match) -> Optional.of(match);
      case Result.Failed<Match>(Problem problem) -> {
        assertThat(problem.code()).isEqualTo(Problem.Code.UNSUPPORTED);
        yield Optional.empty();
      }
    };
  }
}
