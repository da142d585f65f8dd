package org.universalnode.nffg;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;

/** JSON objects that the model carries as text, because their content is not the model's. */
final class Extras {
  static final String NONE = "{}";

  private Extras() {}

  /**
   * The one text of an object's content.
   *
   * @throws ProblemException if the text is no JSON object
   */
  static String canonical(String text) {
    return text.equals(NONE) ? NONE : JsonText.canonical(object(text));
  }

  static JsonObject object(String text) {
    JsonElement element = JsonText.parse(text, JsonLimits.DOCUMENT);
    if (element instanceof JsonObject object) {
      return object;
    }
    throw Invalid.because(JsonText.quoted(text) + " is no JSON object", "write one, like {}");
  }
}
