package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un apply}: makes the node run a service graph. */
final class ApplyCommand implements Command {

  @Override
  public CommandSpec specification() {
    return named("apply", "Make the node run a service graph; returns when it runs.")
        .addOption(
            Command.graphId("Create or change the graph ID; without it the node chooses an id."))
        .addOption(Command.ifMatch())
        .addOption(Command.watch())
        .addPositional(Command.graphFile());
  }

  @Override
  public int run(Invocation call) {
    String id = call.option("--id", "");
    if (id.isEmpty() && !call.precondition().isEmpty()) {
      throw call.refused("--if-match is for a graph that is there: name it with --id");
    }
    byte[] graph = graph(call.parameter(0), call.in());
    // What is to be watched has to have a name before: as good a one as the node would choose.
    String named = id.isEmpty() && call.flag(WATCH) ? UUID.randomUUID().toString() : id;
    Map<String, String> condition =
        id.isEmpty() ? Map.of("If-None-Match", "*") : call.precondition();
    Reply reply =
        named.isEmpty()
            ? call.node().post(ResourcePath.GRAPHS + "/", graph)
            : Watch.of(call, named, node -> node.put(ResourcePath.graph(named), condition, graph));
    JsonObject document = GraphId.document(reply, named);
    call.out().print(call.json() ? JsonText.pretty(document) : shown(document, reply.timing()));
    return CommandTree.DONE;
  }

  /** Not looked into: what a graph may say is the node's business. */
  static byte[] graph(String file, InputStream in) {
    try {
      return DocumentFile.bytes(file, in);
    } catch (ProblemException e) {
      throw new ProblemException(List.of(e.first().during("cannot read " + file)), e);
    }
  }

  private static String shown(JsonObject document, ServerTiming timing) {
    String whole = timing.shown("deploy");
    String handlers = timing.shown("handlers");
    return Printable.line(GraphId.in(document))
        + " applied"
        + (whole.isEmpty() ? "" : " in " + whole)
        + (handlers.isEmpty() ? "" : " (last handler after " + handlers + ")")
        + "\n";
  }
}
