package org.universalnode.cli;

import com.google.gson.JsonObject;
import org.universalnode.nffg.json.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code un plan}: what {@code un apply} would do. */
final class PlanCommand implements Command {
  private static final String EXPLAIN = "--explain";

  @Override
  public CommandSpec specification() {
    return named("plan", "Show what applying a service graph would do; nothing is changed.")
        .addOption(
            Command.graphId("Plan a change of the graph ID; without it a new graph is planned."))
        .addOption(
            OptionSpec.builder(EXPLAIN)
                .type(boolean.class)
                .description(
                    "Show why functions get their implementations, and what else there is.")
                .build())
        .addPositional(Command.graphFile());
  }

  @Override
  public int run(Invocation call) {
    NodeClient node = call.node();
    String id = call.option("--id", "");
    byte[] graph = ApplyCommand.graph(call.parameter(0), call.in());
    String path = id.isEmpty() ? ResourcePath.PLAN : ResourcePath.plan(id);
    JsonObject plan = node.post(path, graph).document();
    call.out().print(call.json() ? JsonText.pretty(plan) : shown(plan, call));
    return CommandTree.DONE;
  }

  private static String shown(JsonObject plan, Invocation call) {
    String report = PlanReport.shown(plan, call.paint());
    return call.flag(EXPLAIN) ? report + ChoiceReport.shown(plan, call.paint()) : report;
  }
}
