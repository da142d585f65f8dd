package org.universalnode.nffg;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Keys of one element that the formalism has and the model does not use, by type of value. */
record KeptKeys(List<String> strings, List<String> arrays, List<String> objects) {

  /** What the element says under these keys, as canonical text. */
  String from(JsonFields fields) {
    strings.forEach(fields::string);
    arrays.forEach(fields::array);
    objects.forEach(fields::object);
    JsonObject kept = new JsonObject();
    Stream.of(strings, arrays, objects)
        .flatMap(List::stream)
        .forEach(key -> fields.element(key).ifPresent(value -> kept.add(key, value)));
    return text(kept, fields, fields.pointer());
  }

  /** An object of a document as canonical text; a problem if that is too long for the model. */
  static String text(JsonObject object, JsonFields fields, String pointer) {
    String text = JsonText.canonical(object);
    int most = JsonLimits.DOCUMENT.characters();
    if (text.length() <= most) {
      return text;
    }
    String detail = "this holds " + text.length() + " characters that the node keeps as they are";
    fields.problem(new Problem(Code.LIMIT, pointer, detail, "shorten it to " + most));
    return Extras.NONE;
  }
}
