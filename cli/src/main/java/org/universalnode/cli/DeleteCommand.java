package org.universalnode.cli;

import java.util.Map;
import org.universalnode.nffg.json.JsonText;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un delete}: ends service graphs. */
final class DeleteCommand implements Command {

  @Override
  public CommandSpec specification() {
    return named("delete", "End service graphs and all that runs for them.")
        .addPositional(Command.parameter(0, "GRAPH", "1..*", "The graphs' ids."))
        .addOption(Command.ifMatch())
        .addOption(Command.watch());
  }

  /** Goes on after a graph that can't be deleted, so that one of them does not keep the others. */
  @Override
  public int run(Invocation call) {
    Map<String, String> condition = call.precondition();
    int status = CommandTree.DONE;
    for (String id : call.parameters()) {
      try {
        Reply reply = Watch.of(call, id, node -> node.delete(ResourcePath.graph(id), condition));
        call.out().print(call.json() ? json(reply, id) : shown(reply, id));
      } catch (Refusal e) {
        call.report(e);
        status = CommandTree.FAILED;
      }
    }
    return status;
  }

  private static String json(Reply reply, String id) {
    return JsonText.pretty(GraphId.document(reply, id));
  }

  private static String shown(Reply reply, String id) {
    String time = reply.timing().shown("delete");
    return Printable.line(id) + " deleted" + (time.isEmpty() ? "" : " in " + time) + "\n";
  }
}
