package org.universalnode.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * What came of measuring one subject.
 *
 * @param measured the figures that were asked for
 * @param problems why it could not be measured; empty if it could
 */
public record Outcome(List<Measurement> measured, List<Problem> problems) {

  public Outcome {
    measured = List.copyOf(measured);
    problems = List.copyOf(problems);
  }

  /** Measures the subject, and keeps the figures that are wanted. */
  public static Outcome of(Subject subject, Predicate<Figure> wanted) {
    try {
      List<Measurement> all = subject.measure();
      List<Figure> missing = new ArrayList<>(subject.figures());
      all.forEach(measurement -> missing.remove(measurement.figure()));
      if (!missing.isEmpty()) {
        throw new IllegalStateException("figures promised and not measured: " + missing);
      }
      return new Outcome(all.stream().filter(m -> wanted.test(m.figure())).toList(), List.of());
    } catch (ProblemException e) {
      return new Outcome(List.of(), e.problems());
    }
  }

  /** The same by what CI holds. */
  public Outcome asHeld() {
    return new Outcome(measured.stream().map(Measurement::asHeld).toList(), problems);
  }

  /** Whether it was measured and no budget was missed. */
  public boolean good() {
    return problems.isEmpty() && measured.stream().noneMatch(m -> m.verdict() == Verdict.MISSED);
  }
}
