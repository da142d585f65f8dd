package org.universalnode.catalog.fetch;

import org.universalnode.problem.Problem;

/** How an attempt to get a file of another machine ended. */
public sealed interface Fetched {

  /**
   * It was written.
   *
   * @param secure whether TLS was used all the way
   */
  record Whole(Validators validators, boolean secure) implements Fetched {}

  /** It is what the validators say. */
  record Unchanged() implements Fetched {}

  /** The other machine has no such file. */
  record Missing() implements Fetched {}

  /** The other machine can't be asked now. */
  record Unreachable(Problem problem) implements Fetched {}
}
