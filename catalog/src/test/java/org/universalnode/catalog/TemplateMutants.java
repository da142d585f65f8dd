package org.universalnode.catalog;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;

/** Draws documents that differ a little from a good one; the same seed draws the same. */
final class TemplateMutants {
  private static final Pattern KEY = Pattern.compile("\"[^\"]+\"\\s*:");
  private static final List<String> STRANGE =
      List.of(
          "null",
          "true",
          "\"true\"",
          "-1",
          "0",
          "\"7\"",
          "4294967296",
          "1e999",
          "1.5",
          "\"\"",
          "\"1-N\"",
          "\"9-2\"",
          "\"DHCP\"",
          "\"native\"",
          "\"file:x\"",
          "\"\\u0000\"",
          "[]",
          "{}",
          "[[]]",
          "[{}]",
          "\"kernel-feature\"");

  private final Random random;

  TemplateMutants(long seed) {
    random = new Random(seed);
  }

  /** One change of the text, or one to three of the tree. */
  String of(String text) {
    JsonObject document = JsonText.parse(text, JsonLimits.DOCUMENT).getAsJsonObject();
    return switch (random.nextInt(6)) {
      case 0 -> without(text, ",");
      case 1 -> without(text, any(List.of("{", "}", "[", "]", "\"", ":", "-", "0")));
      case 2 -> withTwice(text);
      default -> {
        for (int i = random.nextInt(3); i >= 0; i--) {
          change(document);
        }
        yield JsonText.compact(document);
      }
    };
  }

  private String without(String text, String part) {
    List<Integer> places = new ArrayList<>();
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      places.add(at);
    }
    return places.isEmpty() ? text : new StringBuilder(text).deleteCharAt(any(places)).toString();
  }

  private String withTwice(String text) {
    MatchResult key = any(KEY.matcher(text).results().toList());
    return new StringBuilder(text).insert(key.start(), key.group() + "0,").toString();
  }

  private void change(JsonObject document) {
    List<JsonElement> containers = containers(document).stream().filter(c -> !empty(c)).toList();
    switch (random.nextInt(4)) {
      case 0 -> remove(any(containers));
      case 1 -> replace(any(containers), JsonText.parse(any(STRANGE), JsonLimits.DOCUMENT));
      case 2 -> exchange(any(containers), any(containers));
      default -> retype(any(containers));
    }
  }

  private void remove(JsonElement container) {
    switch (container) {
      case JsonObject object -> object.remove(any(List.copyOf(object.keySet())));
      case JsonArray array -> array.remove(random.nextInt(array.size()));
      default -> throw new AssertionError(container);
    }
  }

  private void replace(JsonElement container, JsonElement other) {
    switch (container) {
      case JsonObject object -> object.add(any(List.copyOf(object.keySet())), other);
      case JsonArray array -> array.set(random.nextInt(array.size()), other);
      default -> throw new AssertionError(container);
    }
  }

  private void exchange(JsonElement one, JsonElement other) {
    JsonElement first = member(one).deepCopy();
    replace(one, member(other).deepCopy());
    replace(other, first);
  }

  /** A number as a string, and whatever else in another type. */
  private void retype(JsonElement container) {
    JsonElement value = member(container);
    boolean number = value instanceof JsonPrimitive primitive && primitive.isNumber();
    JsonElement wrapped = new JsonArray();
    wrapped.getAsJsonArray().add(value.deepCopy());
    replace(container, number ? new JsonPrimitive(value.getAsString()) : wrapped);
  }

  private JsonElement member(JsonElement container) {
    return switch (container) {
      case JsonObject object -> any(List.copyOf(object.asMap().values()));
      case JsonArray array -> array.get(random.nextInt(array.size()));
      default -> throw new AssertionError(container);
    };
  }

  private static boolean empty(JsonElement container) {
    return container instanceof JsonObject object
        ? object.isEmpty()
        : container.getAsJsonArray().isEmpty();
  }

  private static List<JsonElement> containers(JsonElement element) {
    List<JsonElement> all = new ArrayList<>();
    if (element instanceof JsonObject object) {
      all.add(object);
      object.asMap().values().forEach(value -> all.addAll(containers(value)));
    } else if (element instanceof JsonArray array) {
      all.add(array);
      array.forEach(item -> all.addAll(containers(item)));
    }
    return all;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
