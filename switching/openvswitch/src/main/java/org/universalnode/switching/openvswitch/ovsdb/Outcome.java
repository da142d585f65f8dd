package org.universalnode.switching.openvswitch.ovsdb;

import java.util.List;
import java.util.OptionalInt;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** How a transaction ended, as far as this side can know. */
public sealed interface Outcome {

  /**
   * All was done.
   *
   * @param results one for each operation, in order
   */
  record Committed(List<OperationResult> results) implements Outcome {
    public Committed {
      results = List.copyOf(results);
    }
  }

  /**
   * Nothing was done, because the database refused.
   *
   * @param operation index of the one at fault; empty if all were well and the commit failed
   */
  record Refused(Refusal refusal, OptionalInt operation, Problem problem) implements Outcome {}

  /** Nothing was done: the transaction never left this side. */
  record NotSent(Problem problem) implements Outcome {}

  /** It was sent and no answer came or none that can be read: it may have been done or not. */
  record Unknown(Problem problem) implements Outcome {}

  /**
   * The results of a committed transaction.
   *
   * @throws ProblemException if it was not committed or nobody knows
   */
  default List<OperationResult> orThrow() {
    return switch (this) {
      case Committed(List<OperationResult> results) -> results;
      case Refused refused -> throw refused.problem().asException();
      case NotSent(Problem problem) -> throw problem.asException();
      case Unknown(Problem problem) -> throw problem.asException();
    };
  }
}
