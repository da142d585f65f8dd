package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.StringJoiner;
import org.universalnode.nffg.json.JsonText;

/** All about one function that runs, for a person. */
final class InstancePage {
  private static final double MEBI = 1 << 20;

  private InstancePage() {}

  static String of(JsonObject function, Paint paint) {
    return Sections.joined(
        facts(function, paint), resources(function).shown(paint), report(function));
  }

  private static String facts(JsonObject function, Paint paint) {
    return Sections.fact("function", Json.text(function, "id"), paint)
        + Sections.fact("template", Json.text(function, "template"), paint)
        + Sections.fact("state", Json.text(function, "state"), paint)
        + Sections.fact("healthy", Json.text(function, "healthy"), paint)
        + Sections.fact("reason", Json.text(function, "reason"), paint)
        + Sections.fact("namespace", Json.text(function, "namespace"), paint)
        + Sections.fact("shared instance", Json.text(function, "shared-instance"), paint)
        + Sections.fact("mark", Json.text(function, "mark"), paint)
        + Sections.fact(
            "isolation", Json.text(Json.object(function, "limits"), "isolation"), paint);
  }

  private static Table resources(JsonObject function) {
    JsonObject usage = Json.object(function, "usage");
    JsonObject limits = Json.object(function, "limits");
    Table table = new Table("RESOURCE", "USED", "LIMIT");
    table.row("memory", megabytes(usage), megabytes(limits));
    table.row("processes", Json.text(usage, "processes"), Json.text(limits, "processes"));
    String percent = Json.text(limits, "cpu-percent");
    table.row(
        "cpu",
        Json.text(usage, "cpu-milliseconds") + " ms",
        percent.isEmpty() ? "" : percent + " %");
    StringJoiner cores = new StringJoiner(" ");
    Json.array(usage, "cores").forEach(core -> cores.add(Members.value(core)));
    table.row("cores", cores.toString(), "");
    return table;
  }

  private static String megabytes(JsonObject of) {
    String bytes = Json.text(of, "memory-bytes");
    return bytes.isEmpty()
        ? ""
        : String.format(Locale.ROOT, "%.1f MB", Double.parseDouble(bytes) / MEBI);
  }

  private static String report(JsonObject function) {
    JsonObject report = Json.object(function, "report");
    return report.isEmpty() ? "" : JsonText.pretty(report);
  }
}
