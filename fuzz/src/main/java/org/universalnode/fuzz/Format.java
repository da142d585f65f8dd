package org.universalnode.fuzz;

import java.util.List;
import java.util.function.Function;
import org.universalnode.nffg.json.Checked;
import org.universalnode.problem.Problem;

/**
 * A document format by its reader and its writer.
 *
 * @param check reads a text; never throws, whatever the text
 * @param write writes what was read, so that it reads back as the same
 */
record Format<T>(Function<String, Checked<T>> check, Function<T, String> write) {

  /**
   * Reads the text and looks whether reader and writer keep their promises.
   *
   * @throws AssertionError if they do not
   */
  void examine(String text) {
    Checked<T> checked = check.apply(text);
    promised(checked.equals(check.apply(text)), "one text reads twice as the same");
    examineVerdict(checked);
    examineMessages(checked.errors());
    examineMessages(checked.warnings());
    checked.value().ifPresent(this::examineWriting);
  }

  private static void examineVerdict(Checked<?> checked) {
    boolean refused = checked.errorCount() > 0;
    promised(refused == checked.value().isEmpty(), "a value is there or errors are counted");
    promised(refused != checked.errors().isEmpty(), "errors are counted if they are listed");
  }

  private static void examineMessages(List<Problem> problems) {
    for (Problem problem : problems) {
      promised(!problem.detail().isBlank(), "a problem says what is wrong");
    }
  }

  private void examineWriting(T value) {
    String written = write.apply(value);
    Checked<T> again = check.apply(written);
    promised(again.errors().isEmpty(), "what was written reads: " + again.errors());
    promised(again.orThrow().equals(value), "what was written reads as the same: " + written);
    promised(write.apply(again.orThrow()).equals(written), "the same is written the same");
  }

  private static void promised(boolean kept, String promise) {
    if (!kept) {
      throw new AssertionError("broken promise: " + promise);
    }
  }
}
