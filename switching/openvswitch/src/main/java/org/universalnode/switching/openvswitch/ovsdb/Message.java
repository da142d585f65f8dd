package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** One message of JSON-RPC 1.0 (RFC 7047 section 4). */
sealed interface Message {
  int DEEPEST = 32;

  record Request(String method, JsonArray params, JsonElement id) implements Message {}

  record Notification(String method, JsonArray params) implements Message {}

  record Response(JsonElement id, Reply reply) implements Message {}

  static Message read(String text) {
    JsonObject json = Json.object(parse(text));
    JsonElement id = json.has("id") ? json.get("id") : JsonNull.INSTANCE;
    if (!json.has("method")) {
      return new Response(id, reply(json));
    }
    String method = Json.text(json, "method");
    JsonArray params = Json.array(Json.field(json, "params"));
    return id.isJsonNull() ? new Notification(method, params) : new Request(method, params, id);
  }

  private static JsonElement parse(String text) {
    try {
      return JsonText.parse(text, new JsonLimits(text.length(), DEEPEST));
    } catch (ProblemException e) {
      Problem problem = e.first();
      throw new Problem(problem.code(), "", problem.detail(), Json.NEXT_STEP)
          .during("a message of the database")
          .asException();
    }
  }

  private static Reply reply(JsonObject json) {
    JsonElement error = json.get("error");
    return error == null || error.isJsonNull()
        ? new Reply.Result(Json.field(json, "result"))
        : new Reply.Refused(error);
  }

  static ByteBuffer request(String method, JsonArray params, long id) {
    return call(method, params, new JsonPrimitive(id));
  }

  static ByteBuffer notification(String method, JsonArray params) {
    return call(method, params, JsonNull.INSTANCE);
  }

  static ByteBuffer response(JsonElement id, JsonElement result, JsonElement error) {
    JsonObject json = new JsonObject();
    json.add("result", result);
    json.add("error", error);
    json.add("id", id);
    return bytes(json);
  }

  private static ByteBuffer call(String method, JsonArray params, JsonElement id) {
    JsonObject json = new JsonObject();
    json.addProperty("method", method);
    json.add("params", params);
    json.add("id", id);
    return bytes(json);
  }

  private static ByteBuffer bytes(JsonObject json) {
    return ByteBuffer.wrap(JsonText.compact(json).getBytes(StandardCharsets.UTF_8));
  }
}
