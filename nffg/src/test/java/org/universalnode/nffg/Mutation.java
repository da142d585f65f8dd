package org.universalnode.nffg;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Ways in which a document gets broken, or changed. */
enum Mutation {
  COMMA_DROPPED,
  KEY_DROPPED,
  KEY_RENAMED,
  KEY_DOUBLED,
  TYPE_CHANGED,
  REFERENCE_RENAMED,
  VALUES_EXCHANGED,
  TEXT_CUT,
  DIGIT_CHANGED;

  private static final Pattern KEY = Pattern.compile("\"[^\"]+\"\\s*:");

  /** Another text made from that of a document. */
  String of(String text, Random random) {
    return switch (this) {
      case COMMA_DROPPED -> {
        List<MatchResult> all = found("\"(?:[^\"\\\\]|\\\\.)*\"|,", text);
        List<MatchResult> commas = all.stream().filter(r -> r.group().equals(",")).toList();
        yield replaced(text, any(commas, random), "");
      }
      case TEXT_CUT -> text.substring(0, random.nextInt(text.strip().length()));
      case DIGIT_CHANGED ->
          replaced(text, any(found("\\d", text), random), Integer.toString(random.nextInt(10)));
      case KEY_DOUBLED -> {
        MatchResult key = any(KEY.matcher(text).results().toList(), random);
        yield text.substring(0, key.start()) + key.group() + "\"x\"," + text.substring(key.start());
      }
      case KEY_DROPPED, KEY_RENAMED, TYPE_CHANGED, REFERENCE_RENAMED, VALUES_EXCHANGED ->
          of(JsonParser.parseString(text), random).toString();
    };
  }

  private JsonElement of(JsonElement tree, Random random) {
    List<JsonElement> values = JsonTrees.values(tree);
    return switch (this) {
      case KEY_DROPPED -> {
        int object = any(numbers(values, Mutation::isObject), random);
        JsonObject less = values.get(object).deepCopy().getAsJsonObject();
        less.remove(any(List.copyOf(less.keySet()), random));
        yield JsonTrees.replaced(tree, object, less);
      }
      case KEY_RENAMED -> {
        int object = any(numbers(values, Mutation::isObject), random);
        yield JsonTrees.replaced(tree, object, renamed(values, values.get(object), random));
      }
      case TYPE_CHANGED -> {
        int number = random.nextInt(values.size());
        yield JsonTrees.replaced(tree, number, ofOtherType(values.get(number), random));
      }
      case REFERENCE_RENAMED -> {
        List<Integer> texts = numbers(values, Mutation::isText);
        JsonElement other = values.get(any(texts, random));
        List<Integer> references = numbers(values, Mutation::isReference);
        yield JsonTrees.replaced(
            tree,
            any(references.isEmpty() ? texts : references, random),
            random.nextBoolean() ? other : new JsonPrimitive("endpoint:" + other.getAsString()));
      }
      case VALUES_EXCHANGED -> {
        List<Integer> leaves = numbers(values, JsonElement::isJsonPrimitive);
        int one = any(leaves, random);
        int two = any(leaves, random);
        yield JsonTrees.replaced(
            JsonTrees.replaced(tree, one, values.get(two)), two, values.get(one));
      }
      case COMMA_DROPPED, TEXT_CUT, DIGIT_CHANGED, KEY_DOUBLED ->
          throw new IllegalStateException("made of the text");
    };
  }

  private static JsonObject renamed(List<JsonElement> values, JsonElement of, Random random) {
    JsonObject object = of.deepCopy().getAsJsonObject();
    List<String> keys =
        values.stream()
            .filter(JsonElement::isJsonObject)
            .flatMap(other -> other.getAsJsonObject().keySet().stream())
            .distinct()
            .toList();
    String from = any(List.copyOf(object.keySet()), random);
    JsonElement value = object.remove(from);
    object.add(random.nextBoolean() ? any(keys, random) : from + "s", value);
    return object;
  }

  /** What a writer could take for the same: 7 for "7", "true" for true, [x] for x. */
  private static JsonElement ofOtherType(JsonElement value, Random random) {
    List<JsonElement> others = new ArrayList<>();
    others.add(JsonNull.INSTANCE);
    others.add(JsonParser.parseString("[" + value + "]"));
    others.add(JsonParser.parseString("{\"x\":" + value + "}"));
    others.add(new JsonPrimitive(value.isJsonPrimitive() ? value.getAsString() : ""));
    if (isText(value) && value.getAsString().matches("-?\\d{1,9}")) {
      others.add(new JsonPrimitive(Integer.valueOf(value.getAsString())));
    }
    others.add(new JsonPrimitive(random.nextBoolean()));
    return any(others, random);
  }

  private static boolean isObject(JsonElement value) {
    return value instanceof JsonObject object && !object.isEmpty();
  }

  private static boolean isText(JsonElement value) {
    return value instanceof JsonPrimitive text && text.isString();
  }

  private static boolean isReference(JsonElement value) {
    return isText(value) && value.getAsString().matches("(endpoint|vnf):.*");
  }

  private static List<Integer> numbers(List<JsonElement> values, Predicate<JsonElement> wanted) {
    return IntStream.range(0, values.size())
        .filter(i -> wanted.test(values.get(i)))
        .boxed()
        .toList();
  }

  private static List<MatchResult> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().toList();
  }

  private static String replaced(String text, MatchResult part, String other) {
    return text.substring(0, part.start()) + other + text.substring(part.end());
  }

  private static <T> T any(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
