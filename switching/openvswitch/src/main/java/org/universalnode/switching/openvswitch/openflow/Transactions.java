package org.universalnode.switching.openvswitch.openflow;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;

/** The questions of a connection that wait for answers, each with a range of numbers. */
final class Transactions {
  private final ConcurrentSkipListMap<Integer, Transaction> open = new ConcurrentSkipListMap<>();
  private final AtomicReference<Optional<Problem>> end = new AtomicReference<>(Optional.empty());
  private int next = 1;

  /**
   * Takes {@code count} numbers, whose answers come here until the transaction is closed.
   *
   * @throws ProblemException if the connection is closed
   */
  Transaction begin(int count) {
    int first = take(count);
    Transaction transaction = new Transaction(first, count, () -> open.remove(first));
    open.put(first, transaction);
    end.get().ifPresent(why -> transaction.answer(Result.failed(why)));
    return transaction;
  }

  /** Positive numbers; they begin again long after those of the first round have been answered. */
  private synchronized int take(int count) {
    int first = next > Integer.MAX_VALUE - count ? 1 : next;
    next = first + count;
    return first;
  }

  /** False if nobody waits for it. */
  boolean answer(int number, Result<Envelope> answer) {
    Map.Entry<Integer, Transaction> candidate = open.floorEntry(number);
    if (candidate == null || !candidate.getValue().has(number)) {
      return false;
    }
    candidate.getValue().answer(answer);
    return true;
  }

  /** No more answers will come. */
  void close(Problem why) {
    end.set(Optional.of(why));
    open.values().forEach(transaction -> transaction.answer(Result.failed(why)));
  }
}
