package org.universalnode.switching.openvswitch.ovsdb;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** What the answer to a transact request says (RFC 7047 section 4.1.3). */
record OutcomeReader(List<Operation> operations) {

  Outcome read(Reply reply) {
    return switch (reply) {
      case Reply.Lost(Problem cause, boolean begun) when begun ->
          new Outcome.Unknown(cause.during("a transaction's outcome is unknown"));
      case Reply.Lost(Problem cause, _) ->
          new Outcome.NotSent(cause.during("a transaction was not sent"));
      case Reply.Refused(JsonElement error) -> refused(error, OptionalInt.empty());
      case Reply.Result(JsonElement result) -> results(result);
    };
  }

  private Outcome results(JsonElement json) {
    try {
      return results(Json.array(json));
    } catch (ProblemException e) {
      return new Outcome.Unknown(e.first().during("a transaction's outcome is unknown"));
    }
  }

  /** One for each operation; after a refused one null; an error of the commit comes last of all. */
  private Outcome results(JsonArray json) {
    for (int i = 0; i < json.size(); i++) {
      if (json.get(i) instanceof JsonObject object && object.has("error")) {
        return refused(object, i < operations.size() ? OptionalInt.of(i) : OptionalInt.empty());
      }
    }
    if (json.size() != operations.size()) {
      throw Json.malformed("the results of " + operations.size() + " operations", json);
    }
    List<OperationResult> results = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      results.add(result(operations.get(i), Json.object(json.get(i))));
    }
    return new Outcome.Committed(results);
  }

  private static OperationResult result(Operation operation, JsonObject json) {
    return switch (operation) {
      case Operation.Insert _ -> new OperationResult.Inserted(Decoder.id(Json.field(json, "uuid")));
      case Operation.Select _ -> {
        List<Row> rows = new ArrayList<>();
        Json.array(Json.field(json, "rows")).forEach(row -> rows.add(Decoder.row(row)));
        yield new OperationResult.Selected(rows);
      }
      case Operation.Update _, Operation.Mutate _, Operation.Delete _ ->
          new OperationResult.Changed(Decoder.whole(Json.field(json, "count")));
      case Operation.Wait _, Operation.Comment _, Operation.Abort _ -> new OperationResult.Passed();
    };
  }

  private Outcome refused(JsonElement error, OptionalInt operation) {
    ServerError said = ServerError.of(error);
    String what = operation.isPresent() ? name(operation.getAsInt()) : "the commit";
    return new Outcome.Refused(said.refusal(), operation, said.problem().during(what));
  }

  private String name(int index) {
    String what =
        switch (operations.get(index)) {
          case Operation.Insert insert -> "insert into " + insert.table();
          case Operation.Select select -> "select from " + select.table();
          case Operation.Update update -> "update of " + update.table();
          case Operation.Mutate mutate -> "mutate of " + mutate.table();
          case Operation.Delete delete -> "delete from " + delete.table();
          case Operation.Wait wait -> "wait for " + wait.table();
          case Operation.Comment _ -> "comment";
          case Operation.Abort _ -> "abort";
        };
    return "operation " + (index + 1) + " of " + operations.size() + ", " + what;
  }
}
