package org.universalnode.node.health;

import java.time.Instant;

/** How a function is, and what is being done about it. */
public sealed interface FunctionHealth {

  /** Nothing speaks against it. */
  record Well() implements FunctionHealth {}

  /**
   * It does not do its work; it waits for its next restart, if that may help it.
   *
   * @param since when that was found, however often it was restarted in vain since then
   */
  record Ill(String reason, Instant since) implements FunctionHealth {}

  /**
   * It is being restarted.
   *
   * @param attempt the first is 1, since it was well for long
   * @param at when that began
   */
  record Restarting(int attempt, Instant at) implements FunctionHealth {}

  /** Restarts did not help; it is tried again from time to time all the same. */
  record Failed(String reason) implements FunctionHealth {}
}
