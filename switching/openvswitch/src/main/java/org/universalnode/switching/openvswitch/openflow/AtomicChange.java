package org.universalnode.switching.openvswitch.openflow;

import java.util.ArrayList;
import java.util.List;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.openvswitch.openflow.Bundle.Step;
import org.universalnode.switching.openvswitch.openflow.BundleOutcome.Applied;
import org.universalnode.switching.openvswitch.openflow.BundleOutcome.Refused;
import org.universalnode.switching.openvswitch.openflow.BundleOutcome.RefusedChange;
import org.universalnode.switching.openvswitch.openflow.BundleOutcome.Uncertain;
import org.universalnode.switching.openvswitch.openflow.Message.BarrierReply;
import org.universalnode.switching.openvswitch.openflow.Message.BarrierRequest;
import org.universalnode.switching.openvswitch.openflow.Message.Refusal;

/**
 * A bundle on its way into a switch: it is filled and closed, and committed only if the switch
 * liked all of it. The numbers of its messages are opening, each change, closing, the end, barrier.
 */
final class AtomicChange {
  /** More would keep the switch from everything else for seconds. */
  private static final int MOST = 100_000;

  private static final int FLAGS = Bundle.ATOMIC | Bundle.ORDERED;
  private static final int OPENING = 0;

  private final Connection connection;
  private final Limits limits;
  private final List<FlowMod> changes;
  private final int closing;
  private final int ending;
  private final int barrier;
  private final List<RefusedChange> refused = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  AtomicChange(Connection connection, Limits limits, List<FlowMod> changes) {
    this.connection = connection;
    this.limits = limits;
    this.changes = List.copyOf(changes);
    this.closing = changes.size() + 1;
    this.ending = closing + 1;
    this.barrier = ending + 1;
  }

  BundleOutcome run() {
    if (changes.isEmpty()) {
      return new Applied();
    }
    if (changes.size() > MOST) {
      return new Refused(tooMany(), List.of());
    }
    try (Transaction transaction = connection.begin(barrier + 1)) {
      return fill(transaction) ? commit(transaction) : discard(transaction);
    }
  }

  /** False if nothing can come of it. */
  private boolean fill(Transaction transaction) {
    try {
      MessageBuffer batch = MessageBuffer.large().add(control(transaction, OPENING, Step.OPEN));
      for (int i = 0; i < changes.size(); i++) {
        batch.add(addition(transaction, i));
        if (batch.isFull()) {
          connection.send(batch.take());
        }
      }
      connection.send(batch.add(control(transaction, closing, Step.CLOSE)).take());
      awaitAnswer(transaction, closing);
    } catch (ProblemException e) {
      problems.add(e.first());
    }
    return problems.isEmpty();
  }

  private BundleOutcome commit(Transaction transaction) {
    try {
      MessageBuffer batch = MessageBuffer.small();
      batch.add(control(transaction, ending, Step.COMMIT));
      batch.add(new Envelope(transaction.number(barrier), new BarrierRequest()));
      connection.send(batch.take());
      awaitAnswer(transaction, barrier);
    } catch (ProblemException e) {
      return new Uncertain(e.first().during("the end of a change of flows"));
    }
    return problems.isEmpty() ? new Applied() : refusal();
  }

  /** Without it the switch would keep the bundle for some seconds more. */
  private BundleOutcome discard(Transaction transaction) {
    BundleOutcome outcome = refusal();
    try {
      Envelope discard = control(transaction, ending, Step.DISCARD);
      connection.send(MessageBuffer.of(discard));
      awaitAnswer(transaction, ending);
    } catch (ProblemException e) {
      return outcome; // nothing has been changed, and the cause is told already
    }
    return outcome;
  }

  private BundleOutcome refusal() {
    return new Refused(problems.getFirst(), refused);
  }

  /** Takes answers up to that one. */
  private void awaitAnswer(Transaction transaction, int last) {
    int index = OPENING;
    while (index != last) {
      Envelope answer = transaction.next(limits.answer());
      index = transaction.index(answer);
      switch (answer.message()) {
        case Refusal(ErrorCode code, Octets data) -> note(index, code);
        case Bundle.Control(int bundle, Step step, int flags) -> {}
        case BarrierReply() -> {}
        default -> throw Wire.malformed("no answer to a part of a bundle: " + answer.message());
      }
    }
  }

  private void note(int index, ErrorCode code) {
    if (index > OPENING && index < closing) {
      RefusedChange change = new RefusedChange(index - 1, changes.get(index - 1), code);
      refused.add(change);
      problems.add(refused.size() - 1, change.problem());
    } else {
      problems.add(code.problem("a bundle of " + changes.size() + " changes"));
    }
  }

  private Envelope control(Transaction transaction, int index, Step step) {
    int bundle = transaction.number(OPENING);
    return new Envelope(transaction.number(index), new Bundle.Control(bundle, step, FLAGS));
  }

  private Envelope addition(Transaction transaction, int index) {
    int bundle = transaction.number(OPENING);
    Bundle.Add add = new Bundle.Add(bundle, FLAGS, changes.get(index));
    return new Envelope(transaction.number(index + 1), add);
  }

  private static Problem tooMany() {
    return Problem.of(Problem.Code.LIMIT, "a bundle has at most " + MOST + " changes")
        .next("make the change in several steps");
  }
}
