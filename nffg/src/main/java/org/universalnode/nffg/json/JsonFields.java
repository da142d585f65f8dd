package org.universalnode.nffg.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * A typed view of one JSON object. A wrong or missing member goes to the problems and the getter
 * answers as if it were absent, so that reading goes on and all problems of a document are told at
 * once; call {@link Problems#throwIfAny} before using what was read. Every key asked for counts as
 * known; {@link #rejectUnknown} refuses the others.
 */
public final class JsonFields {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final String STRING = "a string";

  private final JsonObject object;
  private final String pointer;
  private final Problems problems;
  private final boolean broken;
  private final Set<String> known = new LinkedHashSet<>();

  private JsonFields(JsonObject object, String pointer, Problems problems, boolean broken) {
    this.object = object;
    this.pointer = pointer;
    this.problems = problems;
    this.broken = broken;
  }

  /** Stands for an object that is not there, which has been told: it misses no key. */
  private static JsonFields broken(String pointer, Problems problems) {
    return new JsonFields(new JsonObject(), pointer, problems, true);
  }

  /**
   * A view of {@code element}. If that is no object: a problem, and a view of an empty object that
   * does not complain of missing keys.
   */
  public static JsonFields of(JsonElement element, String pointer, Problems problems) {
    if (element instanceof JsonObject object) {
      return new JsonFields(object, pointer, problems, false);
    }
    problems.add(wrongType(element, pointer, "an object"));
    return broken(pointer, problems);
  }

  /** Where this object is in its document. */
  public String pointer() {
    return pointer;
  }

  /** Where the member of that key is, or would be. */
  public String pointer(String key) {
    return JsonPointer.child(pointer, key);
  }

  /** Where this view, and all views made from it, tell what is wrong. */
  public Problems problems() {
    return problems;
  }

  public boolean has(String key) {
    known.add(key);
    return object.has(key);
  }

  /** Whether the key is there; a problem if not. */
  public boolean requires(String key) {
    if (has(key)) {
      return true;
    }
    if (broken) {
      return false;
    }
    problems.add(
        new Problem(
            Code.INVALID_DOCUMENT,
            pointer,
            "the key " + JsonText.quoted(key) + " is missing",
            "add it"));
    return false;
  }

  /** Whether the object is there and has no member. */
  public boolean isEmpty() {
    return !broken && object.isEmpty();
  }

  /** In the order of the document; known or not. */
  public List<String> keys() {
    return List.copyOf(object.keySet());
  }

  /** The string, or {@code ""} if absent. */
  public String string(String key) {
    return member(key, JsonFields::asString, STRING).orElse("");
  }

  /** The string; a problem and {@code ""} if it is absent or empty. */
  public String requiredString(String key) {
    if (!requires(key)) {
      return "";
    }
    Optional<String> text = member(key, JsonFields::asString, STRING);
    if (text.filter(String::isEmpty).isPresent()) {
      problem(key, JsonText.quoted(key) + " is empty", "write a value");
    }
    return text.orElse("");
  }

  /**
   * The value that {@code parse} makes of the string.
   *
   * @param parse may throw ProblemException: its problems are told at the place of this key
   */
  public <T> Optional<T> parsed(String key, Function<String, T> parse) {
    return member(key, JsonFields::asString, STRING).flatMap(text -> parse(key, text, parse));
  }

  /** Like {@link #parsed}, with a problem if the key is absent. */
  public <T> Optional<T> requiredParsed(String key, Function<String, T> parse) {
    return requires(key) ? parsed(key, parse) : Optional.empty();
  }

  /** The whole number between {@code min} and {@code max}, both included. */
  public OptionalInt integer(String key, int min, int max) {
    Optional<Long> value = member(key, JsonFields::asLong, "a whole number");
    if (value.filter(number -> number < min || number > max).isPresent()) {
      problem(
          key,
          JsonText.quoted(key) + " is " + JsonText.compact(object.get(key)),
          "write a number from " + min + " to " + max);
      return OptionalInt.empty();
    }
    return value.map(number -> OptionalInt.of(number.intValue())).orElse(OptionalInt.empty());
  }

  /** Like {@link #integer}; a problem and {@code min} if absent or wrong. */
  public int requiredInteger(String key, int min, int max) {
    return requires(key) ? integer(key, min, max).orElse(min) : min;
  }

  /** Like {@link #integer}, also if it stands in quotes, as older documents have it. */
  public OptionalInt quotedInteger(String key, int min, int max) {
    if (element(key).flatMap(JsonFields::asString).isEmpty()) {
      return integer(key, min, max);
    }
    Optional<Integer> number = parsed(key, text -> wholeNumber(text, min, max));
    return number.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  private static int wholeNumber(String text, int min, int max) {
    long number = WHOLE_NUMBER.matcher(text).matches() ? Long.parseLong(text) : Long.MIN_VALUE;
    if (number < min || number > max) {
      throw Problem.of(Code.INVALID_DOCUMENT, JsonText.quoted(text) + " is no number in range")
          .next("write a number from " + min + " to " + max)
          .asException();
    }
    return (int) number;
  }

  public Optional<Boolean> bool(String key) {
    return member(key, JsonFields::asBoolean, "true or false");
  }

  /** The items of the array, none if it is absent. */
  public List<JsonElement> array(String key) {
    return member(key, JsonFields::asArray, "an array").map(JsonArray::asList).orElse(List.of());
  }

  /** The items of the array; a problem and none if it is absent. */
  public List<JsonElement> requiredArray(String key) {
    return requires(key) ? array(key) : List.of();
  }

  /** A view of every item of an array of objects, none if it is absent. */
  public List<JsonFields> objects(String key) {
    return objects(key, Integer.MAX_VALUE);
  }

  /** Like {@link #objects(String)}, with a problem if the key is absent. */
  public List<JsonFields> requiredObjects(String key) {
    return requiredObjects(key, Integer.MAX_VALUE);
  }

  /**
   * A view of every item of an array of objects, none if it is absent.
   *
   * @param most how many there may be; if there are more, that is a problem and none is viewed
   */
  public List<JsonFields> objects(String key, int most) {
    List<JsonElement> items = array(key);
    if (items.size() > most) {
      String detail = JsonText.quoted(key) + " has " + items.size() + " items";
      problem(new Problem(Code.LIMIT, pointer(key), detail, "write at most " + most));
      return List.of();
    }
    List<JsonFields> views = new ArrayList<>();
    for (JsonElement item : items) {
      views.add(of(item, JsonPointer.child(pointer(key), views.size()), problems));
    }
    return views;
  }

  /** Like {@link #objects(String, int)}, with a problem if the key is absent. */
  public List<JsonFields> requiredObjects(String key, int most) {
    return requires(key) ? objects(key, most) : List.of();
  }

  public Optional<JsonFields> object(String key) {
    return member(key, JsonFields::asObject, "an object")
        .map(value -> new JsonFields(value, pointer(key), problems, false));
  }

  /** A view of the object; if it is absent or none, as {@link #of} says. */
  public JsonFields requiredObject(String key) {
    return (requires(key) ? object(key) : Optional.<JsonFields>empty())
        .orElseGet(() -> broken(pointer(key), problems));
  }

  /** The member as it stands, whatever its type. */
  public Optional<JsonElement> element(String key) {
    return has(key) ? Optional.of(object.get(key)) : Optional.empty();
  }

  /** The object itself, for a document part whose keys are not ours. */
  public JsonObject whole() {
    return object.deepCopy();
  }

  /** Tells a problem of this member. */
  public void problem(String key, String detail, String nextStep) {
    problem(new Problem(Code.INVALID_DOCUMENT, pointer(key), detail, nextStep));
  }

  /** Tells a problem, at the place that it names itself. */
  public void problem(Problem problem) {
    problems.add(problem);
  }

  /** Tells of something accepted that is probably not meant. */
  public void warning(String key, String detail, String nextStep) {
    problems.warn(new Problem(Code.INVALID_DOCUMENT, pointer(key), detail, nextStep));
  }

  /** Tells a problem for every key that no getter was asked for; call it last. */
  public void rejectUnknown() {
    rejectUnknown(List.of());
  }

  /**
   * Like {@link #rejectUnknown()}.
   *
   * @param vocabulary keys that could stand here besides those asked for, to be suggested
   */
  public void rejectUnknown(Collection<String> vocabulary) {
    for (String key : object.keySet()) {
      if (!known.contains(key)) {
        Set<String> all = new LinkedHashSet<>(known);
        all.addAll(vocabulary);
        String detail = "the key " + JsonText.quoted(key) + " is unknown here";
        problem(key, detail, Spelling.hint(key, all));
      }
    }
  }

  private <T> Optional<T> member(
      String key, Function<JsonElement, Optional<T>> type, String typeName) {
    Optional<JsonElement> element = element(key);
    Optional<T> value = element.flatMap(type);
    if (value.isEmpty() && element.isPresent()) {
      problem(wrongType(element.get(), pointer(key), typeName));
    }
    return value;
  }

  private <T> Optional<T> parse(String key, String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (ProblemException e) {
      e.problems().forEach(problem -> problem(problem.at(pointer(key))));
      return Optional.empty();
    }
  }

  private static Problem wrongType(JsonElement element, String pointer, String typeName) {
    return new Problem(
        Code.INVALID_DOCUMENT,
        pointer,
        "this must be " + typeName + ", and it is " + describe(element),
        typeName.equals(STRING) && element.isJsonPrimitive() ? "write it in quotes" : "");
  }

  private static String describe(JsonElement element) {
    return switch (element) {
      case JsonObject object -> "an object";
      case JsonArray array -> "an array";
      case JsonPrimitive text when text.isString() ->
          "the string " + JsonText.quoted(text.getAsString());
      case JsonPrimitive number when number.isNumber() ->
          "the number " + shortened(number.getAsString());
      default -> element.toString();
    };
  }

  private static String shortened(String digits) {
    return digits.length() > 40 ? digits.substring(0, 40) + "..." : digits;
  }

  private static Optional<String> asString(JsonElement element) {
    return element instanceof JsonPrimitive text && text.isString()
        ? Optional.of(text.getAsString())
        : Optional.empty();
  }

  /** Digits only: neither rounds 1.5 nor works out 1e999999999. */
  private static Optional<Long> asLong(JsonElement element) {
    return element instanceof JsonPrimitive number
            && number.isNumber()
            && WHOLE_NUMBER.matcher(number.getAsString()).matches()
        ? Optional.of(Long.valueOf(number.getAsString()))
        : Optional.empty();
  }

  private static Optional<Boolean> asBoolean(JsonElement element) {
    return element instanceof JsonPrimitive truth && truth.isBoolean()
        ? Optional.of(truth.getAsBoolean())
        : Optional.empty();
  }

  private static Optional<JsonArray> asArray(JsonElement element) {
    return element instanceof JsonArray array ? Optional.of(array) : Optional.empty();
  }

  private static Optional<JsonObject> asObject(JsonElement element) {
    return element instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }
}
