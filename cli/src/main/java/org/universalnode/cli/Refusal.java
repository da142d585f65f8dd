package org.universalnode.cli;

import java.util.List;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** The node answered that it does not do what was asked. */
final class Refusal extends ProblemException {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(List<Problem> problems, int status) {
    super(problems);
    this.status = status;
  }

  /** The answer's, as HTTP has it. */
  int status() {
    return status;
  }
}
