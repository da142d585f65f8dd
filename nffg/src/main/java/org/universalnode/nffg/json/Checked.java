package org.universalnode.nffg.json;

import java.util.List;
import java.util.Optional;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * What came of reading one document.
 *
 * @param value what the document says; empty if it has errors
 * @param errors why it is refused, in the order of the reading; if there are more than {@value
 *     Problems#KEPT}, the last one says so
 * @param errorCount how many errors there are, listed or not
 * @param warnings what is probably not meant and was accepted
 */
public record Checked<T>(
    Optional<T> value, List<Problem> errors, int errorCount, List<Problem> warnings) {

  public Checked {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  /**
   * What the document says.
   *
   * @throws ProblemException with all errors, if there are any
   */
  public T orThrow() {
    return value.orElseThrow(() -> new ProblemException(errors));
  }
}
