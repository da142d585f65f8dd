package org.universalnode.switching.openvswitch.openflow;

import java.util.List;
import org.universalnode.problem.Problem;

/** What became of a change of flows. */
public sealed interface BundleOutcome {

  /** All of it is valid. */
  record Applied() implements BundleOutcome {}

  /**
   * Nothing is changed.
   *
   * @param problem the first reason
   * @param changes those that the switch did not like; none if it was something else
   */
  record Refused(Problem problem, List<RefusedChange> changes) implements BundleOutcome {
    public Refused {
      changes = List.copyOf(changes);
    }
  }

  /** The connection was lost at the last moment: all or nothing, the flows will tell. */
  record Uncertain(Problem problem) implements BundleOutcome {}

  /**
   * A change that the switch did not like.
   *
   * @param index where it is in the list, from 0
   */
  record RefusedChange(int index, FlowMod change, ErrorCode code) {
    public Problem problem() {
      return code.problem("change " + index + ", " + change);
    }
  }

  /**
   * Nothing if it was applied.
   *
   * @throws org.universalnode.problem.ProblemException with the reason if not
   */
  default void orThrow() {
    switch (this) {
      case Applied() -> {}
      case Refused(Problem problem, List<RefusedChange> changes) -> throw problem.asException();
      case Uncertain(Problem problem) -> throw problem.asException();
    }
  }
}
