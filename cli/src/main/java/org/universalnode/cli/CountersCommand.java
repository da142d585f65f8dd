package org.universalnode.cli;

import com.google.gson.JsonObject;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un counters}: what went through the rules, ports and links of a service graph. */
final class CountersCommand implements Query {

  @Override
  public CommandSpec specification() {
    return named("counters", "Show what went through a service graph's rules, ports and links.")
        .addPositional(Command.parameter(0, "GRAPH", "1", "The graph's id."));
  }

  @Override
  public String path(Invocation call) {
    return ResourcePath.counters(call.parameter(0));
  }

  @Override
  public String shown(JsonObject document, Paint paint) {
    String page =
        Sections.joined(
            rules(document).shown(paint),
            ports(document).shown(paint),
            links(document).shown(paint));
    return page.isEmpty() ? "nothing to count\n" : page;
  }

  private static Table rules(JsonObject counters) {
    Table table = new Table("FLOW-RULE", "LSI", "PACKETS", "BYTES");
    for (JsonObject rule : Json.objects(counters, "flow-rules")) {
      table.row(
          Json.text(rule, "id"),
          Json.text(rule, "lsi"),
          Json.text(rule, "packets"),
          Json.text(rule, "bytes"));
    }
    return table;
  }

  private static Table ports(JsonObject counters) {
    Table table = new Table("PORT", "INTERFACE", "IN", "IN-BYTES", "OUT", "OUT-BYTES", "DROPPED");
    for (JsonObject port : Json.objects(counters, "ports")) {
      JsonObject in = Json.object(port, "in");
      JsonObject out = Json.object(port, "out");
      table.row(
          Json.text(port, "port"),
          Json.text(port, "interface"),
          Json.text(in, "packets"),
          Json.text(in, "bytes"),
          Json.text(out, "packets"),
          Json.text(out, "bytes"),
          Json.text(Json.object(port, "dropped"), "packets"));
    }
    return table;
  }

  private static Table links(JsonObject counters) {
    Table table = new Table("LINK-TO", "PACKETS", "BYTES");
    for (JsonObject link : Json.objects(counters, "links")) {
      table.row(Json.text(link, "to"), Json.text(link, "packets"), Json.text(link, "bytes"));
    }
    return table;
  }
}
