package org.universalnode.cli;

import java.io.PrintStream;
import java.util.List;
import org.universalnode.problem.Problem;

/** Tells a person what went wrong, one message per problem, and what to do next. */
final class ProblemReport {
  private final Terminal terminal;

  ProblemReport(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(List<Problem> problems) {
    // What was done before the problem is read before it.
    terminal.out().flush();
    PrintStream err = terminal.err();
    for (Problem problem : problems) {
      String where = problem.pointer().isEmpty() ? "" : problem.pointer() + ": ";
      String place = problem.place().isKnown() ? problem.place() + ": " : "";
      err.println("un: " + Printable.line(where + place + problem.detail()));
      if (!problem.nextStep().isEmpty()) {
        err.println("  next: " + Printable.line(problem.nextStep()));
      }
    }
    err.flush();
  }
}
