package org.universalnode.catalog;

import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.problem.Problem;

/** Reads our keys that say how a function is run. */
final class RunningReader {
  private static final int MOST_PROCESSES = 32_768;
  private static final int MOST_PERCENT = 100 * 4_096;
  private static final Vocabulary<Isolation> RUNGS =
      Vocabulary.of(Isolation.values(), "no isolation is called");

  private RunningReader() {}

  /** What could be read; what is wrong goes to the problems. */
  static Running read(JsonFields template) {
    boolean single = template.bool("single-instance").orElse(false);
    if (single && !template.bool("multitenancy").orElse(false)) {
      template.problem(
          Problem.of(
                  Problem.Code.INVALID_DOCUMENT,
                  "a function with one instance on a machine has to serve several graphs")
              .next("say \"multitenancy\": true, too")
              .at(template.pointer("single-instance")));
    }
    return new Running(
        template.parsed("isolation", RUNGS::parse),
        single,
        template.integer("processes", 1, MOST_PROCESSES),
        template.integer("cpu-percent", 1, MOST_PERCENT),
        template.bool("hotplug").orElse(false));
  }
}
