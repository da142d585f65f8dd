package org.universalnode.nffg;

import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** The problems of values that are written wrongly; whoever knows the place adds it. */
final class Invalid {
  private Invalid() {}

  static ProblemException because(String detail, String nextStep) {
    return Problem.of(Code.INVALID_DOCUMENT, detail).next(nextStep).asException();
  }
}
