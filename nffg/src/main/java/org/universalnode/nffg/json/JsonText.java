package org.universalnode.nffg.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** JSON as text: the strict way in, and the ways out. */
public final class JsonText {
  private static final int QUOTED = 80;

  /** RFC 8259 section 8.1 lets a reader ignore it; Gson does, and then miscounts columns. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private JsonText() {}

  /**
   * Reads one JSON document, strictly as in RFC 8259. Besides syntax errors it refuses duplicate
   * keys, unpaired surrogates and anything after the document. Numbers keep the digits they were
   * written with: the tree does not round them (but {@link JsonElement#getAsInt} would).
   *
   * @throws ProblemException with INVALID_DOCUMENT (the detail gives line and column) or LIMIT
   */
  public static JsonElement parse(String text, JsonLimits limits) {
    Problems problems = new Problems();
    JsonElement document = parse(text, limits, problems);
    problems.throwIfAny();
    return document;
  }

  /**
   * Reads one JSON document as {@link #parse(String, JsonLimits)} does, but goes on after duplicate
   * keys and unpaired surrogates, which are told to the problems.
   */
  static JsonElement parse(String text, JsonLimits limits, Problems problems) {
    if (text.length() > limits.characters()) {
      throw Problem.of(Code.LIMIT, "the document has " + text.length() + " characters")
          .next("send at most " + limits.characters())
          .asException();
    }
    if (text.startsWith(BYTE_ORDER_MARK)) {
      String detail = "the document begins with a byte order mark";
      throw new Problem(Code.INVALID_DOCUMENT, "", new Place(1, 1), detail, "save it without one")
          .asException();
    }
    return new TreeReader(text, limits, problems).document();
  }

  /** On one line without spaces, as it stands. */
  public static String compact(JsonElement element) {
    return write(element, "");
  }

  /** For people: indented by two spaces, ended by a line break. */
  public static String pretty(JsonElement element) {
    return write(element, "  ") + "\n";
  }

  /**
   * On one line without spaces, keys of every object sorted: equal for equal content, as long as
   * numbers are written with the same digits.
   */
  public static String canonical(JsonElement element) {
    return compact(sorted(element));
  }

  /** For messages: in quotes, control characters escaped, cut after {@value #QUOTED} characters. */
  public static String quoted(String text) {
    if (text.length() <= QUOTED) {
      return compact(new JsonPrimitive(text));
    }
    int end = Character.isHighSurrogate(text.charAt(QUOTED - 1)) ? QUOTED - 1 : QUOTED;
    return compact(new JsonPrimitive(text.substring(0, end) + "..."));
  }

  private static JsonElement sorted(JsonElement element) {
    return switch (element) {
      case JsonObject object -> sortedObject(object);
      case JsonArray array -> {
        JsonArray copy = new JsonArray(array.size());
        array.forEach(item -> copy.add(sorted(item)));
        yield copy;
      }
      default -> element;
    };
  }

  private static JsonObject sortedObject(JsonObject object) {
    Map<String, JsonElement> byKey = new TreeMap<>(object.asMap());
    JsonObject copy = new JsonObject();
    byKey.forEach((key, value) -> copy.add(key, sorted(value)));
    return copy;
  }

  private static String write(JsonElement element, String indent) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      writer.setIndent(indent);
      TreeWriter.write(element, writer);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text.toString();
  }
}
