package org.universalnode.bench.harness;

import java.util.List;
import java.util.Optional;
import org.universalnode.problem.ProblemException;

/** Something that is measured in one run, all its figures together. */
public interface Subject {

  /** All figures that {@link #measure} brings, known without measuring. */
  List<Figure> figures();

  /**
   * Measures, and leaves nothing behind. Takes at most a few minutes.
   *
   * @return one measurement for each figure
   * @throws ProblemException if it can't be measured here; says what is missing
   */
  List<Measurement> measure();

  /**
   * What was measured as a table, where lines don't show what it means; Markdown.
   *
   * @param measured some or all of the figures
   */
  default Optional<String> table(List<Measurement> measured) {
    return Optional.empty();
  }
}
