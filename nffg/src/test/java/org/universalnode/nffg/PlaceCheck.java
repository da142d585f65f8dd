package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonStreamParser;
import java.util.Optional;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;

/** Whether the place that a problem gives is that of its pointer. */
final class PlaceCheck {
  private PlaceCheck() {}

  /** At the place there begins what the pointer names, or the nearest thing around it. */
  static void assertExact(Problem problem, String text) {
    assertThat(problem.place().isKnown()).as(problem.toString()).isTrue();
    String rest = text.substring(offset(problem.place(), text));
    assertThat(new JsonStreamParser(rest).next())
        .as(problem.toString())
        .isEqualTo(nearest(JsonParser.parseString(text), problem.pointer()));
    assertThat(rest.charAt(0)).as(problem.toString()).isNotIn(' ', '\t', '\r', '\n');
  }

  private static int offset(Place place, String text) {
    int lineStart = 0;
    for (int line = 1; line < place.line(); line++) {
      lineStart = text.indexOf('\n', lineStart) + 1;
    }
    return text.offsetByCodePoints(lineStart, place.column() - 1);
  }

  private static JsonElement nearest(JsonElement root, String pointer) {
    JsonElement value = root;
    for (String token : pointer.substring(Math.min(1, pointer.length())).split("/", -1)) {
      Optional<JsonElement> child = child(value, token.replace("~1", "/").replace("~0", "~"));
      if (child.isEmpty()) {
        return value;
      }
      value = child.get();
    }
    return value;
  }

  private static Optional<JsonElement> child(JsonElement parent, String key) {
    return switch (parent) {
      case JsonObject object when object.has(key) -> Optional.of(object.get(key));
      case JsonArray array when key.matches("\\d+") ->
          Optional.of(array.get(Integer.parseInt(key)));
      default -> Optional.empty();
    };
  }
}
