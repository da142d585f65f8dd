package org.universalnode.compute.docker;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON of the engine: what is absent, null or of another kind is empty. */
record Answer(JsonElement json) {

  /** A member. */
  Answer at(String key) {
    JsonElement member = json instanceof JsonObject object ? object.get(key) : null;
    return new Answer(member == null ? new JsonObject() : member);
  }

  String text() {
    return json instanceof JsonPrimitive primitive && primitive.isString()
        ? primitive.getAsString()
        : "";
  }

  /** The whole number; 0 if it is none. */
  long number() {
    return json instanceof JsonPrimitive primitive
            && primitive.getAsString().matches("-?[0-9]{1,18}")
        ? primitive.getAsLong()
        : 0;
  }

  boolean isTrue() {
    return json instanceof JsonPrimitive primitive
        && primitive.isBoolean()
        && primitive.getAsBoolean();
  }

  List<Answer> items() {
    List<Answer> items = new ArrayList<>();
    if (json instanceof JsonArray array) {
      array.forEach(item -> items.add(new Answer(item)));
    }
    return items;
  }

  List<String> texts() {
    return items().stream().map(Answer::text).toList();
  }

  Map<String, String> map() {
    Map<String, String> map = new LinkedHashMap<>();
    if (json instanceof JsonObject object) {
      object.keySet().forEach(key -> map.put(key, at(key).text()));
    }
    return map;
  }
}
