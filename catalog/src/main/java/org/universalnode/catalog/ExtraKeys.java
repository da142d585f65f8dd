package org.universalnode.catalog;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** What a template says and the node does not use: kept as the text of a JSON object. */
final class ExtraKeys {
  private ExtraKeys() {}

  static String read(JsonFields template) {
    JsonObject kept = new JsonObject();
    OlderForm.bool(template, "expandable").ifPresent(is -> kept.addProperty("expandable", is));
    template
        .parsed("uri-yang", PrintableText::description)
        .ifPresent(address -> kept.addProperty("uri-yang", address));
    return JsonText.canonical(kept);
  }

  static JsonObject object(String text) {
    JsonElement element = JsonText.parse(text, JsonLimits.DOCUMENT);
    if (element instanceof JsonObject object) {
      return object;
    }
    throw Problem.of(Code.INVALID_DOCUMENT, JsonText.quoted(text) + " is no JSON object")
        .next("write one, like {}")
        .asException();
  }
}
