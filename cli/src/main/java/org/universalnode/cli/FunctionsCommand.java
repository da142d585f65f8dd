package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.StringJoiner;
import picocli.CommandLine.Model.CommandSpec;

/** {@code un functions}: the functions that a graph may use on this node. */
final class FunctionsCommand implements Query {
  private static final double KILO = 1_000;

  @Override
  public CommandSpec specification() {
    return named("functions", "List the functions that graphs may use, and whether they can run.");
  }

  @Override
  public String path(Invocation call) {
    return ResourcePath.FUNCTIONS;
  }

  @Override
  public String shown(JsonObject document, Paint paint) {
    Table table =
        new Table(
            "FUNCTION",
            "CAPABILITY",
            "TYPE",
            "ISOLATION",
            "ARCHIVE",
            "MEMORY",
            "READY",
            "PORTS",
            "DESCRIPTION");
    StringBuilder reasons = new StringBuilder();
    for (JsonObject function : Json.objects(document, "functions")) {
      String name = Json.text(function, "name");
      boolean ready = Json.text(function, "ready").equals("true");
      table.row(
          name,
          Json.text(function, "functional-capability"),
          Json.text(function, "vnf-type"),
          Json.text(function, "isolation"),
          archive(function),
          memory(function),
          ready ? "yes" : "no",
          ports(function),
          Json.text(function, "description"));
      if (!ready) {
        reasons.append(Sections.fact(Printable.line(name), Json.text(function, "reason"), paint));
      }
    }
    String lines = table.shown(paint);
    return lines.isEmpty() ? "no functions\n" : Sections.joined(lines, reasons.toString());
  }

  private static String archive(JsonObject function) {
    String bytes = Json.text(function, "archive-bytes");
    if (!bytes.matches("[0-9]{1,15}")) {
      return "";
    }
    double kilobytes = Long.parseLong(bytes) / KILO;
    return kilobytes < KILO
        ? String.format(Locale.ROOT, "%.1f kB", kilobytes)
        : String.format(Locale.ROOT, "%.1f MB", kilobytes / KILO);
  }

  private static String memory(JsonObject function) {
    String megabytes = Json.text(function, "memory-megabytes");
    return megabytes.isEmpty() ? "" : megabytes + " MB";
  }

  /** Labels with the port indexes they stand for: {@code lan[0-0] wan[1-1]}. */
  private static String ports(JsonObject function) {
    StringJoiner ports = new StringJoiner(" ");
    for (JsonObject port : Json.objects(function, "ports")) {
      ports.add(Json.text(port, "label") + "[" + Json.text(port, "position") + "]");
    }
    return ports.toString();
  }
}
