package org.universalnode.nffg;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Changes documents at random: keys and values of all documents it was given are put where they do
 * and do not belong. The same seed changes in the same way.
 */
final class SchemaMutants {
  private static final List<JsonElement> STRANGE =
      Stream.of(
              "null true \"true\" 0 -1 1.0 2e0 1.5 65536 \"\" \"0x10\" \"a:b\" \"\\u0007\" [] {}"
                  .split(" "),
              new String[] {'"' + "x".repeat(129) + '"', '"' + "x".repeat(257) + '"'})
          .flatMap(Stream::of)
          .map(SchemaDocument::parse)
          .toList();
  private static final String CHARACTERS = "0123456789abcdefxAFX:/._-= é";

  private final Random random;
  private final Map<String, List<JsonElement>> valuesByKey = new TreeMap<>();

  SchemaMutants(long seed, List<JsonElement> documents) {
    random = new Random(seed);
    documents.forEach(this::collect);
  }

  /** A changed copy of the document. */
  JsonElement of(JsonElement document) {
    JsonElement mutant = document.deepCopy();
    for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
      change(mutant);
    }
    return mutant;
  }

  private void collect(JsonElement element) {
    if (element instanceof JsonObject object) {
      object
          .asMap()
          .forEach(
              (key, value) ->
                  valuesByKey.computeIfAbsent(key, absent -> new ArrayList<>()).add(value));
    }
    children(element).forEach(this::collect);
  }

  private void change(JsonElement mutant) {
    List<JsonElement> containers = new ArrayList<>();
    addContainers(mutant, containers);
    switch (any(containers)) {
      case JsonObject object when object.isEmpty() || random.nextInt(5) == 0 -> {
        String key = any(valuesByKey.keySet());
        object.add(key, valueOf(key));
      }
      case JsonObject object -> change(object, any(object.keySet()));
      case JsonArray array when array.isEmpty() -> array.add(any(STRANGE).deepCopy());
      case JsonArray array -> change(array, random.nextInt(array.size()));
      default -> throw new IllegalStateException("that is no container");
    }
  }

  private void change(JsonObject object, String key) {
    JsonElement value = object.get(key);
    switch (random.nextInt(6)) {
      case 0 -> object.remove(key);
      case 1 -> {
        object.remove(key);
        object.add(random.nextBoolean() ? any(valuesByKey.keySet()) : edited(key), value);
      }
      case 2 -> object.add(key, any(STRANGE).deepCopy());
      case 3 -> object.add(key, valueOf(key));
      case 4 -> object.add(key, ofAnotherType(value));
      default -> object.add(key, edited(value));
    }
  }

  private void change(JsonArray array, int index) {
    switch (random.nextInt(3)) {
      case 0 -> array.remove(index);
      case 1 -> array.add(array.get(index).deepCopy());
      default -> array.set(index, any(STRANGE).deepCopy());
    }
  }

  /** One that some document has there. */
  private JsonElement valueOf(String key) {
    return any(valuesByKey.getOrDefault(key, STRANGE)).deepCopy();
  }

  private static JsonElement ofAnotherType(JsonElement value) {
    if (value instanceof JsonPrimitive primitive && !primitive.isString()) {
      return new JsonPrimitive(primitive.getAsString());
    }
    if (value instanceof JsonPrimitive text && text.getAsString().matches("\\d{1,9}")) {
      return new JsonPrimitive(Integer.valueOf(text.getAsString()));
    }
    JsonArray array = new JsonArray();
    array.add(value);
    return array;
  }

  private JsonElement edited(JsonElement value) {
    return value instanceof JsonPrimitive text && text.isString()
        ? new JsonPrimitive(edited(text.getAsString()))
        : any(STRANGE).deepCopy();
  }

  /** With one character more, less or another one, or in the other case. */
  private String edited(String text) {
    int at = text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1));
    int after = at < text.length() ? text.offsetByCodePoints(at, 1) : at;
    char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    String upper = text.toUpperCase(Locale.ROOT);
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at) + other + text.substring(at);
      case 1 -> text.substring(0, at) + text.substring(after);
      case 2 -> text.substring(0, at) + other + text.substring(after);
      default -> upper.equals(text) ? text.toLowerCase(Locale.ROOT) : upper;
    };
  }

  private static void addContainers(JsonElement element, List<JsonElement> containers) {
    if (element.isJsonObject() || element.isJsonArray()) {
      containers.add(element);
    }
    children(element).forEach(child -> addContainers(child, containers));
  }

  private static Collection<JsonElement> children(JsonElement element) {
    return switch (element) {
      case JsonObject object -> object.asMap().values();
      case JsonArray array -> array.asList();
      default -> List.of();
    };
  }

  private <T> T any(Collection<T> choices) {
    return List.copyOf(choices).get(random.nextInt(choices.size()));
  }
}
