package org.universalnode.nffg.json;

import java.util.ArrayList;
import java.util.List;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * The problems found so far in one document, so that all are told at once. Keeps the first {@value
 * #KEPT} and counts the rest. Used by one thread, while it reads one document.
 */
public final class Problems {
  /** As many as a person would read. */
  public static final int KEPT = 100;

  private final List<Problem> kept = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private int left;

  /** Nothing found yet. */
  public Problems() {}

  public void add(Problem problem) {
    if (kept.size() < KEPT) {
      kept.add(problem);
    } else {
      left++;
    }
  }

  /** What is accepted and probably not meant; it does not make the document a bad one. */
  public void warn(Problem problem) {
    if (warnings.size() < KEPT) {
      warnings.add(problem);
    }
  }

  /** How many so far: whoever reads a part of a document learns by it whether the part is good. */
  public int count() {
    return kept.size() + left;
  }

  public boolean isEmpty() {
    return kept.isEmpty();
  }

  /** In the order found; the last one says how many more there were, if any. */
  public List<Problem> found() {
    if (left == 0) {
      return List.copyOf(kept);
    }
    List<Problem> all = new ArrayList<>(kept);
    all.add(
        Problem.of(Code.LIMIT, left + " more problems are not listed")
            .next("mend the listed ones first"));
    return List.copyOf(all);
  }

  /** In the order told, the first {@value #KEPT} of them. */
  public List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Ends the reading of a bad document.
   *
   * @throws ProblemException with everything found, if anything was
   */
  public void throwIfAny() {
    if (!isEmpty()) {
      throw new ProblemException(found());
    }
  }
}
