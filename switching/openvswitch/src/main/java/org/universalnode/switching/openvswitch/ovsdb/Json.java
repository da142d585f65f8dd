package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** The parts of JSON that a message must have; others are refused as INVALID_DOCUMENT. */
final class Json {
  static final String NEXT_STEP =
      "see that the socket is that of an ovsdb-server, and that its tables are not far larger than usual";

  private Json() {}

  static JsonObject object(JsonElement json) {
    if (json instanceof JsonObject object) {
      return object;
    }
    throw malformed("an object", json);
  }

  static JsonArray array(JsonElement json) {
    if (json instanceof JsonArray array) {
      return array;
    }
    throw malformed("an array", json);
  }

  static JsonElement field(JsonObject json, String name) {
    JsonElement value = json.get(name);
    if (value == null) {
      throw malformed("an object with " + name, json);
    }
    return value;
  }

  /** The text in that field; empty if there is none or it holds something else. */
  static String text(JsonObject json, String field) {
    JsonElement element = json.get(field);
    return element != null && isText(element) ? element.getAsString() : "";
  }

  static boolean isText(JsonElement json) {
    return json instanceof JsonPrimitive primitive && primitive.isString();
  }

  static ProblemException malformed(String expected, JsonElement found) {
    String quoted = JsonText.quoted(JsonText.compact(found));
    return Problem.of(
            Code.INVALID_DOCUMENT, "the database sent " + quoted + " instead of " + expected)
        .next(NEXT_STEP)
        .asException();
  }
}
