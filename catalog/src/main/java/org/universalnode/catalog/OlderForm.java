package org.universalnode.catalog;

import com.google.gson.JsonPrimitive;
import java.util.Optional;
import java.util.OptionalInt;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonText;

/** Values that the published schema wants plain and older templates write as strings. */
final class OlderForm {
  private OlderForm() {}

  /** The whole number between {@code min} and {@code max}, both included, or digits of it. */
  static OptionalInt integer(JsonFields fields, String key, int min, int max) {
    return string(fields, key)
        .map(text -> digits(fields, key, text, new Range(min, max)))
        .orElseGet(() -> fields.integer(key, min, max));
  }

  /** Like {@link #integer}; a problem and {@code min} if the key is absent. */
  static int requiredInteger(JsonFields fields, String key, int min, int max) {
    return fields.has(key)
        ? integer(fields, key, min, max).orElse(min)
        : fields.requiredInteger(key, min, max);
  }

  /** {@code true} or {@code false}, in quotes or not. */
  static Optional<Boolean> bool(JsonFields fields, String key) {
    Optional<String> text = string(fields, key);
    return text.filter(word -> word.equals("true") || word.equals("false")).isPresent()
        ? text.map(Boolean::valueOf)
        : fields.bool(key);
  }

  private record Range(int min, int max) {}

  private static OptionalInt digits(JsonFields fields, String key, String text, Range range) {
    if (text.matches("[0-9]{1,18}")) {
      long number = Long.parseLong(text);
      if (number >= range.min() && number <= range.max()) {
        return OptionalInt.of((int) number);
      }
    }
    fields.problem(
        key,
        JsonText.quoted(key) + " is " + JsonText.quoted(text),
        "write a number from " + range.min() + " to " + range.max());
    return OptionalInt.empty();
  }

  private static Optional<String> string(JsonFields fields, String key) {
    return fields
        .element(key)
        .filter(value -> value instanceof JsonPrimitive primitive && primitive.isString())
        .map(value -> value.getAsString());
  }
}
