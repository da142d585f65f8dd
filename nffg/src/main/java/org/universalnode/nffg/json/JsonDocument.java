package org.universalnode.nffg.json;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** Reads one document, and tells all that is wrong with it at once, each with its place. */
public final class JsonDocument {
  private JsonDocument() {}

  /**
   * What {@code reader} makes of the document's root object. The result counts only if no problem
   * was told meanwhile. At an error of syntax, which has its place already, the reader is not
   * asked.
   */
  public static <T> Checked<T> read(
      String text, JsonLimits limits, Function<JsonFields, T> reader) {
    Problems problems = new Problems();
    try {
      JsonFields root = JsonFields.of(JsonText.parse(text, limits, problems), "", problems);
      T value = reader.apply(root);
      return new Checked<>(
          problems.isEmpty() ? Optional.of(value) : Optional.empty(),
          placed(problems.found(), text),
          problems.count(),
          placed(problems.warnings(), text));
    } catch (ProblemException e) {
      e.problems().forEach(problems::add);
      return new Checked<>(Optional.empty(), problems.found(), problems.count(), List.of());
    }
  }

  /** Errors are rare, so their places are looked for only when there are some. */
  private static List<Problem> placed(List<Problem> problems, String text) {
    Set<String> pointers =
        problems.stream()
            .filter(problem -> !problem.place().isKnown())
            .map(Problem::pointer)
            .collect(Collectors.toSet());
    if (pointers.isEmpty()) {
      return problems;
    }
    Places places = Places.of(pointers, text);
    return problems.stream()
        .map(p -> p.place().isKnown() ? p : p.at(places.find(p.pointer())))
        .toList();
  }
}
