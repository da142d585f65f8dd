package org.universalnode.switching.openvswitch.openflow;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;

/** Questions that wait for their answers. */
final class Transaction implements AutoCloseable {
  private final int first;
  private final int count;
  private final Runnable end;

  /** As many as the switch has answers to what it was asked. */
  private final BlockingQueue<Result<Envelope>> answers = new LinkedBlockingQueue<>();

  Transaction(int first, int count, Runnable end) {
    this.first = first;
    this.count = count;
    this.end = end;
  }

  int number(int index) {
    return first + index;
  }

  int index(Envelope envelope) {
    return envelope.transaction() - first;
  }

  boolean has(int number) {
    return number - first < count;
  }

  void answer(Result<Envelope> answer) {
    answers.add(answer);
  }

  /**
   * The next answer to any of the questions.
   *
   * @throws ProblemException if there is none within the limit, or the connection is closed
   */
  Envelope next(Duration limit) {
    try {
      Result<Envelope> answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      return answer == null ? late(limit).orThrow() : answer.orThrow();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  static ProblemException interrupted() {
    Thread.currentThread().interrupt();
    return Problem.of(Problem.Code.TIMEOUT, "the wait for the switch was interrupted")
        .next("ask again")
        .asException();
  }

  private static Result<Envelope> late(Duration limit) {
    return Result.failed(
        Problem.of(
                Problem.Code.TIMEOUT,
                "the switch did not answer within " + limit.toMillis() + " ms")
            .next("see whether ovs-vswitchd runs and has time to"));
  }

  @Override
  public void close() {
    end.run();
  }
}
