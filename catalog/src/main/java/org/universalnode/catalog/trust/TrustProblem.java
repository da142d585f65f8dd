package org.universalnode.catalog.trust;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** The ways in which trust is denied. */
final class TrustProblem {
  private TrustProblem() {}

  static ProblemException forbidden(String detail, String nextStep) {
    return Problem.of(Code.FORBIDDEN, detail).next(nextStep).asException();
  }

  static ProblemException invalid(String detail, String nextStep) {
    return Problem.of(Code.INVALID_DOCUMENT, detail).next(nextStep).asException();
  }

  static ProblemException file(String attempted, IOException cause) {
    String reason =
        Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    Problem problem =
        Problem.of(Code.KERNEL, attempted + ": " + reason)
            .next("see that the disk has room and that the file may be read and written");
    return new ProblemException(List.of(problem), cause);
  }
}
