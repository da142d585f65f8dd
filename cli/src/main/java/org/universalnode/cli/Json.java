package org.universalnode.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * The node's JSON: read, written, and looked into without trust, for a node may be newer or older
 * than this command. Stays off Gson's own tree parser, whose type adapters take longer to load than
 * the rest of a call.
 */
final class Json {
  private static final int DEEPEST = 100;

  private Json() {}

  /**
   * Reads one document.
   *
   * @throws ProblemException if the text is no JSON
   */
  static JsonElement read(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(DEEPEST);
    try {
      JsonElement document = element(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) { // what follows and is JSON; else peek throws
        throw new IOException("something follows the document");
      }
      return document;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      Problem problem =
          Problem.of(Code.INTERNAL, "the answer is not JSON: " + e.getMessage())
              .next("check that --url or UN_URL is the address of a node");
      throw new ProblemException(List.of(problem), e);
    }
  }

  /** Indented by two spaces, ended by a line break. */
  static String pretty(JsonElement document) {
    return written(document, "  ") + "\n";
  }

  /** On one line. */
  static String compact(JsonElement document) {
    return written(document, "");
  }

  /** The text of a string, number or boolean; "" for anything else and for an absent member. */
  static String text(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  /** The object under {@code key}; an empty one if there is none. */
  static JsonObject object(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value != null && value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
  }

  /** The array under {@code key}; an empty one if there is none. */
  static JsonArray array(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value != null && value.isJsonArray() ? value.getAsJsonArray() : new JsonArray();
  }

  /** The objects in the array under {@code key}. */
  static List<JsonObject> objects(JsonObject object, String key) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonElement item : array(object, key)) {
      if (item.isJsonObject()) {
        objects.add(item.getAsJsonObject());
      }
    }
    return objects;
  }

  private static JsonElement element(JsonReader reader) throws IOException {
    JsonToken token = reader.peek();
    if (token == JsonToken.BEGIN_OBJECT) {
      return object(reader);
    }
    if (token == JsonToken.BEGIN_ARRAY) {
      return array(reader);
    }
    return scalar(token, reader);
  }

  private static JsonObject object(JsonReader reader) throws IOException {
    JsonObject object = new JsonObject();
    reader.beginObject();
    while (reader.hasNext()) {
      String key = reader.nextName();
      object.add(key, element(reader));
    }
    reader.endObject();
    return object;
  }

  private static JsonArray array(JsonReader reader) throws IOException {
    JsonArray array = new JsonArray();
    reader.beginArray();
    while (reader.hasNext()) {
      array.add(element(reader));
    }
    reader.endArray();
    return array;
  }

  private static JsonElement scalar(JsonToken token, JsonReader reader) throws IOException {
    if (token == JsonToken.STRING) {
      return new JsonPrimitive(reader.nextString());
    }
    if (token == JsonToken.NUMBER) {
      return new JsonPrimitive(ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(reader));
    }
    if (token == JsonToken.BOOLEAN) {
      return new JsonPrimitive(reader.nextBoolean());
    }
    reader.nextNull();
    return JsonNull.INSTANCE;
  }

  private static String written(JsonElement document, String indent) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      writer.setIndent(indent);
      write(document, writer);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  private static void write(JsonElement element, JsonWriter writer) throws IOException {
    if (element instanceof JsonObject object) {
      writer.beginObject();
      for (Map.Entry<String, JsonElement> member : object.entrySet()) {
        writer.name(member.getKey());
        write(member.getValue(), writer);
      }
      writer.endObject();
    } else if (element instanceof JsonArray array) {
      writer.beginArray();
      for (JsonElement item : array) {
        write(item, writer);
      }
      writer.endArray();
    } else {
      writeScalar(element, writer);
    }
  }

  private static void writeScalar(JsonElement element, JsonWriter writer) throws IOException {
    if (!element.isJsonPrimitive()) {
      writer.nullValue();
      return;
    }
    JsonPrimitive scalar = element.getAsJsonPrimitive();
    if (scalar.isBoolean()) {
      writer.value(scalar.getAsBoolean());
    } else if (scalar.isNumber()) {
      writer.value(scalar.getAsNumber());
    } else {
      writer.value(scalar.getAsString());
    }
  }
}
