package org.universalnode.nffg;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All values of a tree, numbered from the root on, a container before its members. */
final class JsonTrees {
  private final int target;
  private final JsonElement other;
  private int visited;

  private JsonTrees(int target, JsonElement other) {
    this.target = target;
    this.other = other;
  }

  static List<JsonElement> values(JsonElement tree) {
    List<JsonElement> values = new ArrayList<>(List.of(tree));
    if (tree instanceof JsonObject object) {
      object.asMap().values().forEach(member -> values.addAll(values(member)));
    } else if (tree instanceof JsonArray array) {
      array.forEach(item -> values.addAll(values(item)));
    }
    return values;
  }

  /** A copy of the tree in which the value of that number is another. */
  static JsonElement replaced(JsonElement tree, int number, JsonElement other) {
    return new JsonTrees(number, other).copy(tree);
  }

  private JsonElement copy(JsonElement element) {
    if (visited++ == target) {
      return other;
    }
    if (element instanceof JsonObject object) {
      JsonObject copy = new JsonObject();
      for (Map.Entry<String, JsonElement> member : object.entrySet()) {
        copy.add(member.getKey(), copy(member.getValue()));
      }
      return copy;
    }
    if (element instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      array.forEach(item -> copy.add(copy(item)));
      return copy;
    }
    return element;
  }
}
