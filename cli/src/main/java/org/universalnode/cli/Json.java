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
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * The node's JSON: read and looked into without trust, for a node may be newer or older than this
 * command. Not the reader of documents: the list of all graphs has more values than a document may.
 * Stays off Gson's own tree parser, whose type adapters take longer to load than the rest of a
 * call.
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
}
