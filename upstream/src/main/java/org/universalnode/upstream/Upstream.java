package org.universalnode.upstream;

/** Somebody who is told what a node can do. One thread at a time delivers; another may close. */
public interface Upstream extends AutoCloseable {

  /**
   * Connects if need be, hands a document over, and returns when the other side has it.
   *
   * @throws org.universalnode.problem.ProblemException if that did not go well, after a bounded
   *     time
   */
  void deliver(String document);

  /** Says good-bye where the protocol can, and hangs up; takes a bounded time. */
  @Override
  void close();
}
