package org.universalnode.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un status}: what of a service graph runs, and where; or all about one function of it. */
final class StatusCommand implements Query {
  /** Members of an end-point that have a column of their own. */
  private static final List<String> NAMED = List.of("id", "type");

  /** Those of one with a DHCP client, in a table of their own. */
  private static final List<String> LEASED =
      List.of("dhcp", "address", "router", "name-servers", "server", "seconds-left", "restarts");

  private static final List<String> TOLD_OF_CLIENTS =
      Stream.of(NAMED, LEASED, List.of("reason")).flatMap(List::stream).toList();

  @Override
  public CommandSpec specification() {
    return named("status", "Show what of a service graph runs, and where.")
        .addPositional(Command.parameter(0, "GRAPH", "1", "The graph's id."))
        .addPositional(
            Command.parameter(
                1, "FUNCTION", "0..1", "A function's id: how it is and what it uses."));
  }

  @Override
  public String path(Invocation call) {
    String function = call.parameter(1);
    return function.isEmpty()
        ? ResourcePath.status(call.parameter(0))
        : ResourcePath.function(call.parameter(0), function);
  }

  @Override
  public String shown(JsonObject document, Paint paint) {
    if (document.has("limits")) {
      return InstancePage.of(document, paint);
    }
    return Sections.joined(
        facts(document, paint),
        functions(document).shown(paint),
        ports(document).shown(paint),
        endPoints(document).shown(paint),
        clients(document).shown(paint));
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
      table.row(
          Json.text(function, "id"),
          Json.text(function, "template"),
          Json.text(function, "state"),
          words(Json.array(function, "processes")),
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
      List<String> elsewhere = endPoint.has("dhcp") ? TOLD_OF_CLIENTS : NAMED;
      table.row(
          Json.text(endPoint, "id"),
          Json.text(endPoint, "type"),
          Members.except(elsewhere, endPoint));
    }
    return table;
  }

  private static Table clients(JsonObject status) {
    Table table =
        new Table(
            "END-POINT", "DHCP", "ADDRESS", "ROUTER", "NAME-SERVERS", "LEFT", "RESTARTS", "REASON");
    for (JsonObject endPoint : Json.objects(status, "end-points")) {
      if (endPoint.has("dhcp")) {
        table.row(
            Json.text(endPoint, "id"),
            Json.text(endPoint, "dhcp"),
            Json.text(endPoint, "address"),
            Json.text(endPoint, "router"),
            words(Json.array(endPoint, "name-servers")),
            endPoint.has("seconds-left") ? Json.text(endPoint, "seconds-left") + " s" : "",
            Json.text(endPoint, "restarts"),
            Json.text(endPoint, "reason"));
      }
    }
    return table;
  }

  private static String words(JsonArray array) {
    StringJoiner words = new StringJoiner(" ");
    array.forEach(word -> words.add(Members.value(word)));
    return words.toString();
  }
}
