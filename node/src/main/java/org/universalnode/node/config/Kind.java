package org.universalnode.node.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * What may be said as a setting.
 *
 * @param form how it is written
 * @param check throws a ProblemException if a single value is none that can be meant
 */
record Kind(Form form, Consumer<String> check) {
  private static final int MOST_VALUES = 256;

  /** How a setting is written in the file; elsewhere commas stand between values of a list. */
  enum Form {
    TEXT("a text in quotes", false, false),
    NUMBER("a whole number", false, true),
    TEXTS("a list of texts: [\"one\", \"two\"]", true, false),
    NUMBERS("a list of whole numbers: [1, 2]", true, true);

    private final String description;
    private final boolean list;
    private final boolean numeric;

    Form(String description, boolean list, boolean numeric) {
      this.description = description;
      this.list = list;
      this.numeric = numeric;
    }

    String description() {
      return description;
    }

    boolean isList() {
      return list;
    }

    boolean isNumeric() {
      return numeric;
    }
  }

  static Kind text(Consumer<String> check) {
    return new Kind(Form.TEXT, check);
  }

  static Kind texts(Consumer<String> check) {
    return new Kind(Form.TEXTS, check);
  }

  static Kind number(long least, long most) {
    return new Kind(Form.NUMBER, text -> Values.number(text, least, most));
  }

  static Kind numbers(long least, long most) {
    return new Kind(Form.NUMBERS, text -> Values.number(text, least, most));
  }

  /** What is wrong with the values; empty if nothing is. */
  Optional<Problem> refusal(List<String> values) {
    if (values.size() > MOST_VALUES) {
      return Optional.of(
          Problem.of(Code.LIMIT, values.size() + " values are too many")
              .next("give at most " + MOST_VALUES));
    }
    try {
      values.forEach(check);
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e.first());
    }
  }
}
