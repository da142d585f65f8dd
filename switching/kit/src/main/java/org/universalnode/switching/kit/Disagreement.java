package org.universalnode.switching.kit;

import java.util.stream.Collectors;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.reference.Walk;

/**
 * A switch that does not do what the reference says.
 *
 * @param round the rules and frames, of which the last was the one
 * @param expected what the reference says about that frame
 * @param said what was seen instead
 */
public record Disagreement(Round round, Walk<LsiPort> expected, String way, String said) {

  @Override
  public String toString() {
    String steps =
        expected.steps().stream()
            .map(step -> Round.place(step.in()) + " by rule " + step.rule().orElse("(none)"))
            .collect(Collectors.joining("\n    "));
    String leaving =
        expected.leaving().stream()
            .map(departure -> Round.place(departure.port()) + ": " + departure.frame())
            .collect(Collectors.joining("\n    "));
    return "%s disagrees with the reference: %s%n  reference:%n    %s%n  leaving:%n    %s%n%s"
        .formatted(way, said, steps, leaving, round);
  }
}
