package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.util.StringJoiner;
import org.universalnode.nffg.json.JsonText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code un show}: a service graph as it was applied. */
final class ShowCommand implements Query {
  private static final String ETAG = "--etag";

  @Override
  public CommandSpec specification() {
    return named("show", "Show a service graph as it was applied; --json gives a file to apply.")
        .addPositional(Command.parameter(0, "GRAPH", "1", "The graph's id."))
        .addOption(
            OptionSpec.builder(ETAG)
                .type(boolean.class)
                .description("Show only its tag, for un apply --if-match.")
                .build());
  }

  @Override
  public int run(Invocation call) {
    if (!call.flag(ETAG)) {
      return Query.super.run(call);
    }
    String tag = call.node().get(path(call)).etag();
    JsonObject document = new JsonObject();
    document.addProperty("etag", tag);
    call.out().print(call.json() ? JsonText.pretty(document) : Printable.line(tag) + "\n");
    return CommandTree.DONE;
  }

  @Override
  public String path(Invocation call) {
    return ResourcePath.graph(call.parameter(0));
  }

  @Override
  public String shown(JsonObject document, Paint paint) {
    JsonObject graph = Json.object(document, "forwarding-graph");
    String page =
        Sections.joined(
            facts(graph, paint),
            functions(graph).shown(paint),
            endPoints(graph).shown(paint),
            flowRules(graph).shown(paint));
    return page.isEmpty() ? "an empty graph\n" : page;
  }

  private static String facts(JsonObject graph, Paint paint) {
    return Sections.fact("name", Json.text(graph, "name"), paint)
        + Sections.fact("description", Json.text(graph, "description"), paint);
  }

  private static Table functions(JsonObject graph) {
    Table table = new Table("FUNCTION", "NAME", "CAPABILITY", "TEMPLATE", "PORTS");
    for (JsonObject function : Json.objects(graph, "VNFs")) {
      StringJoiner ports = new StringJoiner(" ");
      for (JsonObject port : Json.objects(function, "ports")) {
        ports.add(Json.text(port, "id"));
      }
      table.row(
          Json.text(function, "id"),
          Json.text(function, "name"),
          Json.text(function, "functional-capability"),
          Json.text(function, "vnf_template"),
          ports.toString());
    }
    return table;
  }

  private static Table endPoints(JsonObject graph) {
    Table table = new Table("END-POINT", "NAME", "TYPE", "WHERE");
    for (JsonObject endPoint : Json.objects(graph, "end-points")) {
      String type = Json.text(endPoint, "type");
      table.row(
          Json.text(endPoint, "id"),
          Json.text(endPoint, "name"),
          type,
          Members.all(Json.object(endPoint, type)));
    }
    return table;
  }

  private static Table flowRules(JsonObject graph) {
    Table table = new Table("FLOW-RULE", "PRIORITY", "MATCH", "ACTIONS");
    for (JsonObject rule : Json.objects(Json.object(graph, "big-switch"), "flow-rules")) {
      StringJoiner actions = new StringJoiner(" ");
      for (JsonObject action : Json.objects(rule, "actions")) {
        actions.add(Members.all(action));
      }
      table.row(
          Json.text(rule, "id"),
          Json.text(rule, "priority"),
          Members.all(Json.object(rule, "match")),
          actions.toString());
    }
    return table;
  }
}
