package org.universalnode.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.universalnode.nffg.json.JsonText;

/** Members of an object on one line: {@code port_in=endpoint:1 ether_type=0x800}. */
final class Members {
  private Members() {}

  /** All members but those under the keys {@code left}. */
  static String except(Collection<String> left, JsonObject object) {
    StringJoiner line = new StringJoiner(" ");
    for (Map.Entry<String, JsonElement> member : object.entrySet()) {
      if (!left.contains(member.getKey())) {
        line.add(member.getKey() + "=" + value(member.getValue()));
      }
    }
    return line.toString();
  }

  static String all(JsonObject object) {
    return except(List.of(), object);
  }

  /** A scalar as its text, anything else as JSON. */
  static String value(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : JsonText.compact(value);
  }
}
