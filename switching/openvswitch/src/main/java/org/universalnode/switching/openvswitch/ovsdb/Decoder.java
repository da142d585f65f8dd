package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads the values and rows of RFC 7047; any other form is refused as INVALID_DOCUMENT. */
final class Decoder {
  private Decoder() {}

  /** A table-updates (section 4.1.6): by table and id the new row, or none if it is gone. */
  static Map<String, Map<UUID, Optional<Row>>> updates(JsonElement json) {
    Map<String, Map<UUID, Optional<Row>>> tables = new LinkedHashMap<>();
    Json.object(json)
        .asMap()
        .forEach(
            (table, changes) -> {
              Map<UUID, Optional<Row>> rows = new LinkedHashMap<>();
              Json.object(changes)
                  .asMap()
                  .forEach(
                      (key, change) -> rows.put(id(key), changed(id(key), Json.object(change))));
              tables.put(table, rows);
            });
    return tables;
  }

  private static Optional<Row> changed(UUID id, JsonObject change) {
    return Optional.ofNullable(change.get("new"))
        .map(now -> new Row(id, columns(Json.object(now))));
  }

  /** A row that tells its own id. */
  static Row row(JsonElement json) {
    JsonObject fields = Json.object(json);
    return new Row(id(Json.field(fields, Row.ID)), columns(fields));
  }

  private static Map<String, Value> columns(JsonObject json) {
    Map<String, Value> columns = new LinkedHashMap<>();
    json.asMap().forEach((column, value) -> columns.put(column, value(value)));
    return columns;
  }

  static Value value(JsonElement json) {
    if (json instanceof JsonArray array && array.size() == 2 && Json.isText(array.get(0))) {
      switch (array.get(0).getAsString()) {
        case "set" -> {
          Set<Atom> atoms = new LinkedHashSet<>();
          Json.array(array.get(1)).forEach(item -> atoms.add(atom(item)));
          return new Value.Atoms(atoms);
        }
        case "map" -> {
          Map<Atom, Atom> pairs = new LinkedHashMap<>();
          Json.array(array.get(1)).forEach(item -> put(pairs, Json.array(item)));
          return new Value.Pairs(pairs);
        }
        default -> {}
      }
    }
    return Value.of(atom(json));
  }

  private static void put(Map<Atom, Atom> pairs, JsonArray pair) {
    if (pair.size() != 2) {
      throw Json.malformed("a pair", pair);
    }
    pairs.put(atom(pair.get(0)), atom(pair.get(1)));
  }

  private static Atom atom(JsonElement json) {
    return switch (json) {
      case JsonPrimitive text when text.isString() -> new Atom.Text(text.getAsString());
      case JsonPrimitive truth when truth.isBoolean() -> new Atom.Truth(truth.getAsBoolean());
      case JsonPrimitive number -> number(number);
      case JsonArray array when array.size() == 2 && Json.isText(array.get(0)) -> reference(array);
      default -> throw Json.malformed("an atom", json);
    };
  }

  /** A reference to a row that exists. */
  static UUID id(JsonElement json) {
    if (atom(json) instanceof Atom.RowId(UUID value)) {
      return value;
    }
    throw Json.malformed("the id of a row", json);
  }

  static long whole(JsonElement json) {
    if (atom(json) instanceof Atom.Whole(long value)) {
      return value;
    }
    throw Json.malformed("a whole number", json);
  }

  private static Atom number(JsonPrimitive json) {
    String digits = json.getAsString();
    try {
      return digits.matches("-?[0-9]+")
          ? new Atom.Whole(Long.parseLong(digits))
          : new Atom.Real(Double.parseDouble(digits));
    } catch (NumberFormatException e) {
      throw Json.malformed("a number of 64 bits", json);
    }
  }

  private static Atom reference(JsonArray array) {
    if (array.get(0).getAsString().equals("uuid") && Json.isText(array.get(1))) {
      return new Atom.RowId(id(array.get(1).getAsString()));
    }
    throw Json.malformed("an atom", array);
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Json.malformed("the id of a row", new JsonPrimitive(text));
    }
  }
}
