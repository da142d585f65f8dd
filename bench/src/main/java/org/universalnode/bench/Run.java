package org.universalnode.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Line;
import org.universalnode.bench.harness.Outcome;
import org.universalnode.bench.harness.Subject;

/** One run over the subjects that have a figure whose name matches. */
final class Run {
  /** Something else on the machine may spoil one measurement, but hardly three in a row. */
  private static final int ATTEMPTS = 3;

  private final List<Subject> subjects;
  private final Predicate<Figure> wanted;
  private final boolean check;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<String> tables = new ArrayList<>();

  private Run(List<Subject> all, Predicate<Figure> wanted, boolean check) {
    this.wanted = wanted;
    this.check = check;
    subjects = all.stream().filter(s -> s.figures().stream().anyMatch(wanted)).toList();
  }

  /** One that tells all that matches. */
  static Run of(List<Subject> all, Pattern only) {
    return new Run(all, figure -> only.matcher(figure.name()).find(), false);
  }

  /**
   * One for CI: of what matches only what can fail, by what CI holds, and measured again if it is
   * missed.
   */
  static Run checking(List<Subject> all, Pattern only) {
    return new Run(all, figure -> figure.isCheck() && only.matcher(figure.name()).find(), true);
  }

  boolean isEmpty() {
    return subjects.isEmpty();
  }

  /** Measures one subject after the other, printing what is known; whether all was good. */
  boolean measure(PrintStream out) {
    out.println(Line.HEADER);
    for (Subject subject : subjects) {
      Outcome outcome = measure(subject, out);
      outcomes.add(outcome);
      Optional<String> table = subject.table(outcome.measured());
      table.ifPresent(out::println);
      table.ifPresent(tables::add);
    }
    return outcomes.stream().allMatch(Outcome::good);
  }

  private Outcome measure(Subject subject, PrintStream out) {
    for (int attempt = 1; ; attempt++) {
      Outcome outcome = check ? Outcome.of(subject, wanted).asHeld() : Outcome.of(subject, wanted);
      outcome.measured().forEach(measured -> out.println(Line.of(measured)));
      outcome.problems().forEach(problem -> out.println("not measured: " + problem));
      if (outcome.good() || !check || attempt == ATTEMPTS) {
        return outcome;
      }
      out.println("once more:");
    }
  }

  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /** In Markdown. */
  List<String> tables() {
    return List.copyOf(tables);
  }
}
