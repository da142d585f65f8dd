package org.universalnode.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.json.Checked;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

class FormatTest {
  @Test
  void promisesThatAreKeptAreNoFinding() {
    Format<Integer> numbers = new Format<>(FormatTest::number, FormatTest::write);
    assertThatCode(() -> numbers.examine("0042")).doesNotThrowAnyException();
    assertThatCode(() -> numbers.examine("no number")).doesNotThrowAnyException();
  }

  @Test
  void aReaderThatReadsOneTextDifferentlyIsFound() {
    AtomicInteger readings = new AtomicInteger();
    finding(
        new Format<>(text -> accepted(readings.incrementAndGet()), FormatTest::write),
        "reads twice");
  }

  @Test
  void aValueWithErrorsIsFound() {
    Checked<Integer> both = new Checked<>(Optional.of(1), List.of(problem("wrong")), 1, List.of());
    finding(
        new Format<>(text -> both, FormatTest::write), "a value is there or errors are counted");
  }

  @Test
  void neitherValueNorErrorsIsFound() {
    Checked<Integer> neither = new Checked<>(Optional.empty(), List.of(), 0, List.of());
    finding(
        new Format<>(text -> neither, FormatTest::write), "a value is there or errors are counted");
  }

  @Test
  void errorsThatAreCountedAndNotListedAreFound() {
    Checked<Integer> hidden = new Checked<>(Optional.empty(), List.of(), 2, List.of());
    finding(
        new Format<>(text -> hidden, FormatTest::write), "errors are counted if they are listed");
  }

  @Test
  void anErrorOrWarningThatSaysNothingIsFound() {
    Checked<Integer> mute = refused(" ");
    finding(new Format<>(text -> mute, FormatTest::write), "a problem says what is wrong");
    Checked<Integer> warned = new Checked<>(Optional.of(1), List.of(), 0, List.of(problem("")));
    finding(new Format<>(text -> warned, FormatTest::write), "a problem says what is wrong");
  }

  @Test
  void aWriterWhoseTextIsRefusedIsFound() {
    finding(new Format<>(FormatTest::number, number -> "#" + number), "what was written reads: ");
  }

  @Test
  void aWriterThatLosesSomethingIsFound() {
    finding(new Format<>(FormatTest::number, number -> "0"), "reads as the same");
  }

  @Test
  void aWriterThatWritesTheSameDifferentlyIsFound() {
    AtomicInteger zeros = new AtomicInteger();
    finding(
        new Format<>(FormatTest::number, number -> "0".repeat(zeros.incrementAndGet()) + number),
        "the same is written the same");
  }

  private static void finding(Format<Integer> format, String promise) {
    assertThatThrownBy(() -> format.examine("7"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("broken promise: ")
        .hasMessageContaining(promise);
  }

  private static String write(int number) {
    return Integer.toString(number);
  }

  private static Checked<Integer> number(String text) {
    return text.matches("\\d{1,9}") ? accepted(Integer.parseInt(text)) : refused("no number");
  }

  private static Checked<Integer> accepted(int number) {
    return new Checked<>(Optional.of(number), List.of(), 0, List.of());
  }

  private static Checked<Integer> refused(String detail) {
    return new Checked<>(Optional.empty(), List.of(problem(detail)), 1, List.of());
  }

  private static Problem problem(String detail) {
    return Problem.of(Code.INVALID_DOCUMENT, detail);
  }
}
