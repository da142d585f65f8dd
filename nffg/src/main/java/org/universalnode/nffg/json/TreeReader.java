package org.universalnode.nffg.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** Builds the tree of one text; knows at every moment where in the document it stands. */
final class TreeReader {
  /** JsonReader tells its place only in its text form and in its messages. */
  private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+) path");

  /** Each costs some 60 bytes of heap, however short its text is. */
  private static final int MOST_VALUES = 300_000;

  private static final String MORE_TEXT = "there is more text after the end of the document";

  private final JsonReader reader;
  private final JsonLimits limits;
  private final Problems problems;
  private final Deque<String> path = new ArrayDeque<>();
  private int depth;
  private int values;
  private boolean complete;

  TreeReader(String text, JsonLimits limits, Problems problems) {
    reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    this.limits = limits;
    this.problems = problems;
  }

  /**
   * The whole document. Duplicate keys and broken strings go to the problems and reading goes on.
   *
   * @throws ProblemException at the first error of syntax or excess of a limit
   */
  JsonElement document() {
    try {
      JsonElement document = element();
      complete = true;
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw syntax(MORE_TEXT).asException();
      }
      return document;
    } catch (EOFException e) {
      throw syntax("the text ends before the document does").asException();
    } catch (IOException e) {
      throw syntax(reason(e)).asException();
    }
  }

  private JsonElement element() throws IOException {
    if (++values > MOST_VALUES) {
      throw limit("a document has at most " + MOST_VALUES + " values");
    }
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object();
      case BEGIN_ARRAY -> array();
      case STRING -> new JsonPrimitive(wellFormed(reader.nextString()));
      case NUMBER -> new JsonPrimitive(ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(reader));
      case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
      case NULL -> {
        reader.nextNull();
        yield JsonNull.INSTANCE;
      }
      case NAME, END_OBJECT, END_ARRAY, END_DOCUMENT -> throw new EOFException();
    };
  }

  private JsonObject object() throws IOException {
    JsonObject object = new JsonObject();
    reader.beginObject();
    enter();
    while (reader.hasNext()) {
      String key = key();
      path.addLast(key);
      if (object.has(key)) {
        problems.add(syntax("the key " + JsonText.quoted(key) + " stands here twice"));
        element();
      } else {
        object.add(key, element());
      }
      path.removeLast();
    }
    reader.endObject();
    depth--;
    return object;
  }

  private JsonArray array() throws IOException {
    JsonArray array = new JsonArray();
    reader.beginArray();
    enter();
    while (reader.hasNext()) {
      path.addLast(Integer.toString(array.size()));
      array.add(element());
      path.removeLast();
    }
    reader.endArray();
    depth--;
    return array;
  }

  private void enter() {
    depth++;
    if (depth > limits.depth()) {
      throw limit("objects and arrays lie more than " + limits.depth() + " deep");
    }
  }

  private String key() throws IOException {
    String key = wellFormed(reader.nextName());
    if (key.length() > JsonLimits.KEY_CHARACTERS) {
      throw limit("a key has more than " + JsonLimits.KEY_CHARACTERS + " characters");
    }
    return key;
  }

  /** A surrogate without its partner is no character: it could be neither stored nor sent. */
  private String wellFormed(String text) {
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
        problems.add(syntax(String.format("a string holds half a character, \\u%04x", character)));
        return "";
      }
      at += Character.charCount(character);
    }
    return text;
  }

  private Problem syntax(String what) {
    return new Problem(Code.INVALID_DOCUMENT, pointer(), place(), what, "");
  }

  private ProblemException limit(String what) {
    return new Problem(Code.LIMIT, pointer(), place(), what, "make the document simpler")
        .asException();
  }

  private Place place() {
    Matcher place = PLACE.matcher(reader.toString());
    return place.find()
        ? new Place(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)))
        : Place.UNKNOWN;
  }

  private String pointer() {
    StringBuilder pointer = new StringBuilder();
    path.forEach(token -> pointer.append('/').append(JsonPointer.escape(token)));
    return pointer.toString();
  }

  /** The first line of Gson's message, if it says more than that strict JSON is wanted. */
  private String reason(IOException error) {
    if (complete) {
      return MORE_TEXT;
    }
    String message = error.getMessage() == null ? "" : error.getMessage();
    String firstLine = message.lines().findFirst().orElse("");
    Matcher place = PLACE.matcher(firstLine);
    String said = place.find() ? firstLine.substring(0, place.start()).strip() : firstLine;
    return said.isEmpty() || said.contains("JsonReader")
        ? "this is not JSON, which has strings and keys in double quotes, no comments, and a comma"
            + " between values only"
        : said;
  }
}
