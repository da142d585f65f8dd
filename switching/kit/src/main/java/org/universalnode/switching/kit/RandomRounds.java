package org.universalnode.switching.kit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.universalnode.nffg.HeaderField;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchFeatures;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.reference.Departure;
import org.universalnode.switching.reference.Frame;

/** Draws rules for all in-ports of a layout, and frames for its wires. */
final class RandomRounds {
  private static final int FRAMES = 250;
  private static final int MOST_RULES = 14;
  private static final int LEAST_BYTES = 14;
  private static final int TAG_BYTES = 4;

  /** How much likelier it is that a rule sends to a wire than to another LSI. */
  private static final int WIRES_BEFORE_LINKS = 5;

  private final Layout layout;
  private final SwitchFeatures features;

  RandomRounds(Layout layout, SwitchFeatures features) {
    this.layout = layout;
    this.features = features;
  }

  Round round(long seed) {
    Draw draw = new Draw(seed);
    FrameKnobs knobs = draw.onceIn(4) ? FrameKnobs.PLAIN : FrameKnobs.EVERYTHING;
    RandomFrames frames = new RandomFrames(seed + 1, knobs);
    List<Frame> drawn =
        Stream.generate(frames::next).filter(RandomRounds::canBeSent).limit(FRAMES).toList();
    List<Departure<LsiPort>> arrivals =
        drawn.stream().map(frame -> new Departure<>(draw.any(layout.wired()), frame)).toList();
    return new Round(seed, tables(draw, seed, drawn), arrivals);
  }

  /** Linux drops what ends within a tag, at the latest when a tag is popped before it. */
  private static boolean canBeSent(Frame frame) {
    int payload = LEAST_BYTES + TAG_BYTES * frame.headers().tags();
    long type = frame.headers().number(HeaderField.ETHER_TYPE);
    int least = type == 0x8100 || type == 0x88a8 ? payload + TAG_BYTES : LEAST_BYTES;
    return frame.size() >= least;
  }

  private Map<LsiPort, List<SwitchRule>> tables(Draw draw, long seed, List<Frame> frames) {
    Map<LsiPort, List<SwitchRule>> tables = new HashMap<>();
    List<Frame> met = onTheWay(draw, frames);
    for (LsiPort in : layout.inPorts()) {
      RandomRules rules = new RandomRules(seed + in.number(), features, targets(in));
      boolean bare = draw.onceIn(12);
      tables.put(in, bare ? List.of() : rules.rules(1 + draw.upTo(MOST_RULES - 1), met));
    }
    return tables;
  }

  /** Some frames as rules may have changed them before. */
  private static List<Frame> onTheWay(Draw draw, List<Frame> frames) {
    List<Frame> met = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Frame frame = draw.any(frames);
      met.add(frame);
      met.add(draw.onceIn(2) ? frame.popped() : frame.pushed(25).orElse(frame));
    }
    return met;
  }

  private List<Integer> targets(LsiPort in) {
    List<Integer> targets = new ArrayList<>();
    for (LsiPort port : layout.inPorts()) {
      if (port.lsi().equals(in.lsi())) {
        int weight = layout.wired().contains(port) ? WIRES_BEFORE_LINKS : 1;
        for (int i = 0; i < weight; i++) {
          targets.add(port.number());
        }
      }
    }
    return targets;
  }
}
