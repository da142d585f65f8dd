package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Operations and values as the JSON of RFC 7047 section 5. */
final class Encoder {
  private Encoder() {}

  static JsonArray transaction(String database, List<Operation> operations) {
    JsonArray params = array(operations, Encoder::operation);
    JsonArray named = array(List.of(database), JsonPrimitive::new);
    named.addAll(params);
    return named;
  }

  /** The parameters of a monitor request (section 4.1.5) of that name. */
  static JsonArray monitor(String name, Settings settings) {
    JsonObject requests = new JsonObject();
    settings
        .tables()
        .forEach(
            (table, columns) -> {
              JsonObject request = new JsonObject();
              request.add("columns", array(columns, JsonPrimitive::new));
              requests.add(table, request);
            });
    JsonArray params = array(List.of(settings.database(), name), JsonPrimitive::new);
    params.add(requests);
    return params;
  }

  private static JsonObject operation(Operation operation) {
    return switch (operation) {
      case Operation.Insert insert -> {
        JsonObject json = on(insert.table(), "insert");
        json.add("row", row(insert.row()));
        insert.name().ifPresent(name -> json.addProperty("uuid-name", name));
        yield json;
      }
      case Operation.Select select -> {
        JsonObject json = on(select.table(), "select", select.where());
        JsonArray columns = array(select.columns(), JsonPrimitive::new);
        columns.add(Row.ID);
        json.add("columns", columns);
        yield json;
      }
      case Operation.Update update -> {
        JsonObject json = on(update.table(), "update", update.where());
        json.add("row", row(update.row()));
        yield json;
      }
      case Operation.Mutate mutate -> {
        JsonObject json = on(mutate.table(), "mutate", mutate.where());
        json.add("mutations", array(mutate.mutations(), Encoder::mutation));
        yield json;
      }
      case Operation.Delete delete -> on(delete.table(), "delete", delete.where());
      case Operation.Wait wait -> waiting(wait);
      case Operation.Comment(String text) -> {
        JsonObject json = operation("comment");
        json.addProperty("comment", text);
        yield json;
      }
      case Operation.Abort() -> operation("abort");
    };
  }

  private static JsonObject waiting(Operation.Wait wait) {
    JsonObject json = on(wait.table(), "wait", wait.where());
    json.add("columns", array(wait.columns(), JsonPrimitive::new));
    json.addProperty("until", wait.equal() ? "==" : "!=");
    json.add("rows", array(wait.rows(), Encoder::row));
    json.addProperty("timeout", wait.atMost().toMillis());
    return json;
  }

  private static JsonObject on(String table, String name, List<Condition> where) {
    JsonObject json = on(table, name);
    json.add("where", array(where, Encoder::condition));
    return json;
  }

  private static JsonObject on(String table, String name) {
    JsonObject json = operation(name);
    json.addProperty("table", table);
    return json;
  }

  private static JsonObject operation(String name) {
    JsonObject json = new JsonObject();
    json.addProperty("op", name);
    return json;
  }

  private static JsonObject row(Map<String, Value> columns) {
    JsonObject json = new JsonObject();
    columns.forEach((column, value) -> json.add(column, value(value)));
    return json;
  }

  private static JsonArray condition(Condition condition) {
    return triple(condition.column(), condition.function().sign, condition.value());
  }

  private static JsonArray mutation(Mutation mutation) {
    return triple(mutation.column(), mutation.mutator().sign, mutation.value());
  }

  private static JsonArray triple(String column, String sign, Value value) {
    JsonArray json = array(List.of(column, sign), JsonPrimitive::new);
    json.add(value(value));
    return json;
  }

  static JsonElement value(Value value) {
    return switch (value) {
      case Value.Atoms(var atoms) when atoms.size() == 1 -> atom(atoms.iterator().next());
      case Value.Atoms(var atoms) -> tagged("set", array(atoms, Encoder::atom));
      case Value.Pairs(var pairs) ->
          tagged(
              "map",
              array(
                  pairs.entrySet(),
                  pair -> array(List.of(pair.getKey(), pair.getValue()), Encoder::atom)));
    };
  }

  private static JsonElement atom(Atom atom) {
    return switch (atom) {
      case Atom.Text(String text) -> new JsonPrimitive(text);
      case Atom.Whole(long number) -> new JsonPrimitive(number);
      case Atom.Real(double number) -> new JsonPrimitive(number);
      case Atom.Truth(boolean truth) -> new JsonPrimitive(truth);
      case Atom.RowId(var id) -> tagged("uuid", new JsonPrimitive(id.toString()));
      case Atom.NewRow(String name) -> tagged("named-uuid", new JsonPrimitive(name));
    };
  }

  private static JsonArray tagged(String tag, JsonElement content) {
    JsonArray json = new JsonArray();
    json.add(tag);
    json.add(content);
    return json;
  }

  private static <T> JsonArray array(Collection<T> items, Function<T, JsonElement> write) {
    JsonArray json = new JsonArray(items.size());
    items.forEach(item -> json.add(write.apply(item)));
    return json;
  }
}
