package org.universalnode.compute.docker;

import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.PortSpec;
import org.universalnode.nffg.Isolation;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** What can be a container, and what can't. */
final class Acceptance {
  private Acceptance() {}

  static void check(FunctionSpec spec) {
    if (spec.shared().isPresent()) {
      throw refused("no container serves several graphs", "leave it out of those that are shared");
    }
    if (spec.containment().isolation() == Isolation.USER) {
      throw refused(
          "containers have the machine's users, not a user namespace of their own",
          "ask for the isolation jail or network, or take a native function");
    }
    for (PortSpec port : spec.ports()) {
      if (!port.technology().isEmpty()) {
        throw refused(
            "no container has a port of the technology " + port.technology(),
            "leave the technology out of the template");
      }
    }
  }

  private static ProblemException refused(String detail, String next) {
    return Problem.of(Problem.Code.UNSUPPORTED, detail).next(next).asException();
  }
}
