package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.universalnode.nffg.json.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code un logs}: what the functions of a service graph have written. */
final class LogsCommand implements Command {
  private static final String FOLLOW = "--follow";
  private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

  @Override
  public CommandSpec specification() {
    return named("logs", "Show what the functions of a service graph have written.")
        .addPositional(Command.parameter(0, "GRAPH", "1", "The graph's id."))
        .addPositional(
            Command.parameter(
                1, "FUNCTION", "0..1", "One function's id; all functions without it."))
        .addOption(
            OptionSpec.builder("-f", FOLLOW)
                .type(boolean.class)
                .description("Go on with what the function writes, until interrupted.")
                .build());
  }

  /** Goes on after a log that can't be read, so that one function does not hide the others. */
  @Override
  public int run(Invocation call) {
    NodeClient node = call.node();
    String graph = call.parameter(0);
    String function = call.parameter(1);
    if (call.flag(FOLLOW)) {
      return follow(call, function);
    }
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

  /** Until the function is gone, or whoever reads. */
  private static int follow(Invocation call, String function) {
    if (function.isEmpty() || call.json()) {
      throw call.refused("--follow is for the log of one function, as text");
    }
    String path = ResourcePath.log(call.parameter(0), function);
    Reply part = call.node().get(path);
    while (true) {
      call.out().print(shown(part.body(), call));
      if (call.out().checkError() || part.logNext().isEmpty() || !pause()) {
        return CommandTree.DONE;
      }
      part = call.node().get(path + "?from=" + part.logNext());
    }
  }

  /** False if whoever runs this wants it to end. */
  private static boolean pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
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
