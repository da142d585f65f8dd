package org.universalnode.catalog.capability;

import java.time.Duration;
import java.util.List;
import org.universalnode.problem.Result;

/** Runs programs for the discovery, which starts none itself. */
@FunctionalInterface
public interface Programs {

  /**
   * Runs a program to its end.
   *
   * @param command path of the program, then its arguments
   * @return what it printed, if it ended well and in time
   */
  Result<String> run(List<String> command, Duration limit);
}
