package org.universalnode.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Line;
import org.universalnode.bench.harness.Outcome;
import org.universalnode.bench.harness.Subject;

/** One run over the subjects that have a figure whose name matches. */
final class Run {
  private final List<Subject> subjects;
  private final Predicate<Figure> wanted;
  private final List<Outcome> outcomes = new ArrayList<>();

  Run(List<Subject> all, Pattern only) {
    wanted = figure -> only.matcher(figure.name()).find();
    subjects = all.stream().filter(s -> s.figures().stream().anyMatch(wanted)).toList();
  }

  boolean isEmpty() {
    return subjects.isEmpty();
  }

  /** Measures one subject after the other, printing what is known; whether all was good. */
  boolean measure(PrintStream out) {
    out.println(Line.HEADER);
    for (Subject subject : subjects) {
      Outcome outcome = Outcome.of(subject, wanted);
      outcomes.add(outcome);
      outcome.measured().forEach(measured -> out.println(Line.of(measured)));
      outcome.problems().forEach(problem -> out.println("not measured: " + problem));
    }
    return outcomes.stream().allMatch(Outcome::good);
  }

  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }
}
