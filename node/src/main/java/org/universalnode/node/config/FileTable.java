package org.universalnode.node.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.universalnode.problem.Place;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * A table of the file. What is wrong in it is added to the file's problems.
 *
 * @param place where it begins
 */
record FileTable(Path file, TomlTable table, Place place, List<Problem> problems) {
  private static final int MOST_TABLES = 1_024;

  /** The value or values of a key; empty if it is absent or wrong. */
  Optional<List<String>> values(String key, Kind kind) {
    return value(key).flatMap(value -> written(key, kind.form(), value)).filter(good(key, kind));
  }

  /** The value of a key that has to be there. */
  Optional<String> required(String key, Kind kind) {
    if (value(key).isEmpty()) {
      problems.add(
          problem(place, "\"" + key + "\" is missing", "write it: " + kind.form().description()));
    }
    return values(key, kind).map(List::getFirst);
  }

  /** The table of a key, {@code [key]}. */
  Optional<FileTable> section(String key) {
    Optional<Object> found = value(key);
    if (found.isPresent() && found.get() instanceof TomlTable inner) {
      return Optional.of(new FileTable(file, inner, placeOf(key), problems));
    }
    if (found.isPresent()) {
      wrong(key, "\"" + key + "\" is a section", "begin it with a line [" + key + "]");
    }
    return Optional.empty();
  }

  /** The tables of a key, {@code [[key]]}. */
  List<FileTable> sections(String key) {
    Optional<Object> found = value(key);
    if (found.isEmpty()) {
      return List.of();
    }
    List<FileTable> tables = new ArrayList<>();
    if (found.get() instanceof TomlArray array && array.size() <= MOST_TABLES) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i) instanceof TomlTable inner) {
          tables.add(new FileTable(file, inner, place(array.inputPositionOf(i)), problems));
        }
      }
      if (tables.size() == array.size()) {
        return tables;
      }
    }
    wrong(
        key,
        "\"" + key + "\" is a list of at most " + MOST_TABLES + " sections",
        "begin each with a line [[" + key + "]]");
    return List.of();
  }

  void rejectUnknown(Collection<String> known) {
    for (String key : table.keySet()) {
      if (!known.contains(key)) {
        wrong(
            key,
            "\"" + key + "\" is unknown here",
            "use one of these: " + String.join(", ", known));
      }
    }
  }

  Origin origin(String key) {
    return new Origin.InFile(file, placeOf(key));
  }

  Origin origin() {
    return new Origin.InFile(file, place);
  }

  private Optional<List<String>> written(String key, Kind.Form form, Object value) {
    List<String> texts = new ArrayList<>();
    List<Object> parts = parts(form, value);
    for (Object part : parts) {
      if (form.isNumeric() ? part instanceof Long : part instanceof String) {
        texts.add(part.toString());
      }
    }
    if (texts.size() != parts.size() || (parts.isEmpty() && !form.isList())) {
      wrong(key, "\"" + key + "\" has a value of another type", "write " + form.description());
      return Optional.empty();
    }
    return Optional.of(texts);
  }

  /** Those of a list, or the value alone; a value where a list belongs is no part. */
  private static List<Object> parts(Kind.Form form, Object value) {
    if (!form.isList()) {
      return List.of(value);
    }
    return value instanceof TomlArray array ? List.copyOf(array.toList()) : List.of(form);
  }

  private Predicate<List<String>> good(String key, Kind kind) {
    return values -> {
      Optional<Problem> refusal = kind.refusal(values);
      refusal.ifPresent(problem -> problems.add(problem.during(origin(key).toString())));
      return refusal.isEmpty();
    };
  }

  private Optional<Object> value(String key) {
    return Optional.ofNullable(table.get(List.of(key)));
  }

  private void wrong(String key, String detail, String next) {
    problems.add(problem(placeOf(key), detail, next));
  }

  private Problem problem(Place at, String detail, String next) {
    return Problem.of(Code.INVALID_DOCUMENT, detail)
        .next(next)
        .during(new Origin.InFile(file, at).toString());
  }

  private Place placeOf(String key) {
    return place(table.inputPositionOf(List.of(key)));
  }

  static Place place(@Nullable TomlPosition position) {
    return position == null ? Place.UNKNOWN : new Place(position.line(), position.column());
  }
}
