package org.universalnode.catalog.capability;

import org.universalnode.problem.Problem;

/** Whether this machine offers something that a function needs. */
public sealed interface Finding {

  /**
   * It does.
   *
   * @param where how it is known: a path, or what says so
   */
  record Present(String where) implements Finding {}

  /**
   * It does not.
   *
   * @param problem says what is missing, and what to do about it
   */
  record Absent(Problem problem) implements Finding {}

  /**
   * The machine does not tell. A function that needs it is tried: if it is missing after all, the
   * function's own handler says so.
   *
   * @param problem why it is not known
   */
  record Unknown(Problem problem) implements Finding {}
}
