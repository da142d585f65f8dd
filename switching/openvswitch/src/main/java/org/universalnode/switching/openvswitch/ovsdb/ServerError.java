package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;

/** An error as the server tells it (RFC 7047 section 3.1, {@code error}). */
record ServerError(Refusal refusal, Problem problem) {

  /** An object with its kind and perhaps details, or only a text, or something unforeseen. */
  static ServerError of(JsonElement json) {
    JsonObject fields = json instanceof JsonObject object ? object : wrapped(json);
    Refusal refusal = Refusal.of(Json.text(fields, "error"));
    String said = Json.text(fields, "error") + ": " + Json.text(fields, "details");
    String detail = refusal == Refusal.OTHER ? JsonText.quoted(JsonText.compact(json)) : said;
    return new ServerError(
        refusal,
        Problem.of(refusal.code, "the database refused: " + detail).next(refusal.nextStep));
  }

  private static JsonObject wrapped(JsonElement text) {
    JsonObject fields = new JsonObject();
    fields.add("error", text);
    return fields;
  }
}
