package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un list}: every service graph of the node. */
final class ListCommand implements Query {

  @Override
  public CommandSpec specification() {
    return named("list", "List the service graphs.");
  }

  @Override
  public String path(Invocation call) {
    return ResourcePath.GRAPHS;
  }

  @Override
  public String shown(JsonObject document, Paint paint) {
    Table table = new Table("GRAPH", "NAME", "FUNCTIONS", "END-POINTS", "FLOW-RULES");
    for (JsonObject entry : Json.objects(document, "NF-FG")) {
      JsonObject graph = Json.object(entry, "forwarding-graph");
      table.row(
          Json.text(entry, "nffg-uuid"),
          Json.text(graph, "name"),
          functions(graph),
          Integer.toString(Json.array(graph, "end-points").size()),
          Integer.toString(Json.array(Json.object(graph, "big-switch"), "flow-rules").size()));
    }
    String lines = table.shown(paint);
    return lines.isEmpty() ? "no graphs; apply one with: un apply FILE\n" : lines;
  }

  private static String functions(JsonObject graph) {
    List<String> ids = new ArrayList<>();
    for (JsonObject function : Json.objects(graph, "VNFs")) {
      ids.add(Json.text(function, "id"));
    }
    return String.join(" ", ids);
  }
}
