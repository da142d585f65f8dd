package org.universalnode.problem;

import java.util.List;
import java.util.stream.Collectors;

/** The only unchecked exception that rooms of the house throw on purpose; carries its problems. */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialised; List.of is serialisable anyway
  private final List<Problem> problems;

  public ProblemException(List<Problem> problems) {
    this(problems, null);
  }

  @SuppressWarnings("NullAway") // Throwable takes a null cause, its stub says otherwise
  public ProblemException(
      List<Problem> problems, @org.jspecify.annotations.Nullable Throwable cause) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")), cause);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a ProblemException needs at least one problem");
    }
    this.problems = List.copyOf(problems);
  }

  /** At least one. */
  public List<Problem> problems() {
    return problems;
  }

  public Problem first() {
    return problems.getFirst();
  }
}
