package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.universalnode.nffg.json.JsonText;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un logs}: what the functions of a service graph have written. */
final class LogsCommand implements Command {

  @Override
  public CommandSpec specification() {
    return named("logs", "Show what the functions of a service graph have written.")
        .addPositional(Command.parameter(0, "GRAPH", "1", "The graph's id."))
        .addPositional(
            Command.parameter(
                1, "FUNCTION", "0..1", "One function's id; all functions without it."));
  }

  /** Goes on after a log that can't be read, so that one function does not hide the others. */
  @Override
  public int run(Invocation call) {
    NodeClient node = call.node();
    String graph = call.parameter(0);
    String function = call.parameter(1);
    JsonObject logs = new JsonObject();
    int status = CommandTree.DONE;
    for (String id : function.isEmpty() ? functions(node, graph) : List.of(function)) {
      try {
        logs.addProperty(id, node.get(ResourcePath.log(graph, id)).body());
      } catch (Refusal e) {
        call.report(e);
        status = CommandTree.FAILED;
      }
    }
    // The node gives plain text, so the JSON is ours: one object with the log of every function.
    call.out().print(call.json() ? JsonText.pretty(logs) : shown(logs, call));
    return status;
  }

  private static List<String> functions(NodeClient node, String graph) {
    List<String> ids = new ArrayList<>();
    JsonObject status = node.get(ResourcePath.status(graph)).document();
    for (JsonObject function : Json.objects(status, "functions")) {
      ids.add(Json.text(function, "id"));
    }
    return ids;
  }

  private static String shown(JsonObject logs, Invocation call) {
    if (!call.parameter(1).isEmpty()) {
      return shown(Json.text(logs, call.parameter(1)), call);
    }
    StringJoiner text = new StringJoiner("\n");
    for (String id : logs.keySet()) {
      String heading = call.paint().heading("==> " + Printable.line(id) + " <==");
      text.add(heading + "\n" + shown(Json.text(logs, id), call));
    }
    return text.toString();
  }

  /** Safe for a terminal; into a file or a pipe goes what the function wrote. */
  private static String shown(String log, Invocation call) {
    return call.interactive() ? Printable.text(log) : log;
  }
}
