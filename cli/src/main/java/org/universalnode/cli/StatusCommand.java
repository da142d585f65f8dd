package org.universalnode.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.StringJoiner;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un status}: what of a service graph runs, and where. */
final class StatusCommand implements Query {
  /** Members of an end-point that have a column of their own. */
  private static final List<String> NAMED = List.of("id", "type");

  @Override
  public CommandSpec specification() {
    return named("status", "Show what of a service graph runs, and where.")
        .addPositional(Command.parameter(0, "GRAPH", "1", "The graph's id."));
  }

  @Override
  public String path(Invocation call) {
    return ResourcePath.status(call.parameter(0));
  }

  @Override
  public String shown(JsonObject document, Paint paint) {
    return Sections.joined(
        facts(document, paint),
        functions(document).shown(paint),
        ports(document).shown(paint),
        endPoints(document).shown(paint));
  }

  private static String facts(JsonObject status, Paint paint) {
    return Sections.fact("graph", Json.text(status, "nffg-uuid"), paint)
        + Sections.fact("state", Json.text(status, "state"), paint)
        + Sections.fact("deployment", deployment(status), paint)
        + Sections.fact("reason", Json.text(status, "reason"), paint)
        + Sections.fact("flow rules", Json.text(status, "flow-rules"), paint);
  }

  private static String deployment(JsonObject status) {
    String word = Json.text(status, "status");
    boolean underWay = word.equals("in_progress");
    return underWay ? word + " " + Json.text(status, "percentage_completed") + " %" : word;
  }

  private static Table functions(JsonObject status) {
    Table table = new Table("FUNCTION", "TEMPLATE", "STATE", "PROCESSES", "NAMESPACE");
    for (JsonObject function : Json.objects(status, "functions")) {
      StringJoiner processes = new StringJoiner(" ");
      for (JsonElement process : Json.array(function, "processes")) {
        processes.add(Members.value(process));
      }
      table.row(
          Json.text(function, "id"),
          Json.text(function, "template"),
          Json.text(function, "state"),
          processes.toString(),
          Json.text(function, "namespace"));
    }
    return table;
  }

  private static Table ports(JsonObject status) {
    Table table = new Table("FUNCTION", "PORT", "INTERFACE", "MAC", "SWITCH-INTERFACE");
    for (JsonObject function : Json.objects(status, "functions")) {
      for (JsonObject port : Json.objects(function, "ports")) {
        table.row(
            Json.text(function, "id"),
            Json.text(port, "id"),
            Json.text(port, "interface"),
            Json.text(port, "mac"),
            Json.text(port, "switch-interface"));
      }
    }
    return table;
  }

  private static Table endPoints(JsonObject status) {
    Table table = new Table("END-POINT", "TYPE", "WHERE");
    for (JsonObject endPoint : Json.objects(status, "end-points")) {
      table.row(
          Json.text(endPoint, "id"), Json.text(endPoint, "type"), Members.except(NAMED, endPoint));
    }
    return table;
  }
}
