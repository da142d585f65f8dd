package org.universalnode.node.description;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What differs between two documents, for a person: names of keys, and of things in lists. */
public final class DescriptionChange {
  private static final int MOST = 20;

  private DescriptionChange() {}

  /** Such as {@code memory.free, functional-capability nat}; empty if nothing differs. */
  public static String between(JsonObject before, JsonObject now) {
    List<String> changed = new ArrayList<>();
    compare("", before, now, changed);
    String shown = String.join(", ", changed.subList(0, Math.min(MOST, changed.size())));
    return changed.size() <= MOST ? shown : shown + " and " + (changed.size() - MOST) + " more";
  }

  private static void compare(
      String name, JsonElement before, JsonElement now, List<String> changed) {
    if (before.equals(now)) {
      return;
    }
    if (before instanceof JsonObject one && now instanceof JsonObject other) {
      TreeSet<String> keys = new TreeSet<>(one.keySet());
      keys.addAll(other.keySet());
      for (String key : keys) {
        String child = isLeaf(one, key) && isLeaf(other, key) ? name + "." + key : key;
        compare(child, at(one, key), at(other, key), changed);
      }
    } else if (before instanceof JsonArray one && now instanceof JsonArray other) {
      compare(name, byName(one), byName(other), changed);
    } else {
      changed.add(name);
    }
  }

  private static boolean isLeaf(JsonObject object, String key) {
    return at(object, key).isJsonPrimitive() || at(object, key).isJsonNull();
  }

  private static JsonElement at(JsonObject object, String key) {
    return Optional.ofNullable(object.get(key)).orElse(JsonNull.INSTANCE);
  }

  private static JsonObject byName(JsonArray array) {
    JsonObject named = new JsonObject();
    for (int i = 0; i < array.size(); i++) {
      boolean has = array.get(i) instanceof JsonObject item && item.has("name");
      String name =
          has ? array.get(i).getAsJsonObject().get("name").getAsString() : String.valueOf(i);
      named.add(name, array.get(i));
    }
    return named;
  }
}
