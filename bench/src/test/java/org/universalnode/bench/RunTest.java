package org.universalnode.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

class RunTest {
  private static final Figure RATIO = Figure.ratio("some ratio", new Budget.AtMost(2));
  private static final Figure TIME = Figure.absolute("some time", "ms", new Budget.AtMost(2));

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void aRunIsGoodIfNoBudgetIsMissed() {
    assertThat(measure("", new Constant(2, RATIO, TIME))).isTrue();
    assertThat(printed.toString(UTF_8).lines()).hasSize(3);
  }

  @Test
  void aMissedBudgetMakesARunBad() {
    assertThat(measure("", new Constant(1, TIME), new Constant(3, RATIO))).isFalse();
    assertThat(printed.toString(UTF_8)).contains("missed");
  }

  @Test
  void aLongAbsoluteTimeDoesNot() {
    assertThat(measure("", new Constant(3, TIME))).isTrue();
  }

  @Test
  void onlyFiguresThatMatchArePrintedAndJudged() {
    assertThat(measure("time$", new Constant(3, RATIO, TIME))).isTrue();
    assertThat(printed.toString(UTF_8)).contains("some time").doesNotContain("some ratio");
  }

  @Test
  void aSubjectWithoutAMatchingFigureIsNotMeasured() {
    assertThat(measure("time", new Constant(1, TIME), new Broken())).isTrue();
    assertThat(Run.of(List.of(new Broken()), Pattern.compile("time")).isEmpty()).isTrue();
  }

  @Test
  void aSubjectThatCannotBeMeasuredMakesARunBadAndTheOthersAreMeasured() {
    assertThat(measure("", new Broken(), new Constant(1, TIME))).isFalse();
    assertThat(printed.toString(UTF_8))
        .contains("not measured: there is no dist/ (build it)")
        .contains("some time");
  }

  @Test
  void aSubjectThatForgetsAFigureIsAFault() {
    Subject forgetful =
        new Subject() {
          @Override
          public List<Figure> figures() {
            return List.of(RATIO, TIME);
          }

          @Override
          public List<Measurement> measure() {
            return new Constant(1, RATIO).measure();
          }
        };
    assertThatThrownBy(() -> measure("", forgetful)).hasMessageContaining("some time");
  }

  @Test
  void aCheckHoldsWhatIsHeldAndTellsNothingElse() {
    Figure loose = Figure.ratio("loose", new Budget.AtMost(2, 5));
    assertThat(check(new Constant(4, loose, TIME))).isTrue();
    assertThat(printed.toString(UTF_8)).contains("<= 5").doesNotContain("some time");
    assertThat(measure("", new Constant(4, loose))).isFalse();
  }

  @Test
  void whatIsMissedInACheckIsMeasuredThreeTimes() {
    assertThat(check(new Constant(3, RATIO))).isFalse();
    assertThat(printed.toString(UTF_8).lines().filter("once more:"::equals)).hasSize(2);
  }

  @Test
  void aTableIsPrintedBehindItsFigures() {
    Subject tabled =
        new Subject() {
          @Override
          public List<Figure> figures() {
            return List.of(TIME);
          }

          @Override
          public List<Measurement> measure() {
            return new Constant(1, TIME).measure();
          }

          @Override
          public Optional<String> table(List<Measurement> measured) {
            return Optional.of("a table of " + measured.size());
          }
        };
    Run run = Run.of(List.of(tabled), Pattern.compile(""));
    assertThat(run.measure(new PrintStream(printed, true, UTF_8))).isTrue();
    assertThat(run.tables()).containsExactly("a table of 1");
    assertThat(printed.toString(UTF_8)).contains("a table of 1");
  }

  private boolean check(Subject... subjects) {
    return Run.checking(List.of(subjects), Pattern.compile(""))
        .measure(new PrintStream(printed, true, UTF_8));
  }

  private boolean measure(String only, Subject... subjects) {
    Run run = Run.of(List.of(subjects), Pattern.compile(only));
    return run.measure(new PrintStream(printed, true, UTF_8));
  }

  /** Every sample of every figure is the same. */
  private record Constant(double value, List<Figure> figures) implements Subject {
    Constant(double value, Figure... figures) {
      this(value, List.of(figures));
    }

    @Override
    public List<Measurement> measure() {
      Samples samples = new Samples(Collections.nCopies(Samples.FEWEST, value));
      return figures.stream().map(figure -> new Measurement(figure, samples)).toList();
    }
  }

  private record Broken() implements Subject {
    @Override
    public List<Figure> figures() {
      return List.of(RATIO);
    }

    @Override
    public List<Measurement> measure() {
      throw Problem.of(Code.NOT_FOUND, "there is no dist/").next("build it").asException();
    }
  }
}
