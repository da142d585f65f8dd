package org.universalnode.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.StringJoiner;

/** For a person: all implementations that each function could have, and why it gets the one. */
final class ChoiceReport {
  private ChoiceReport() {}

  /** Lines, each ended by a line break; nothing at all of a plan without a choice. */
  static String shown(JsonObject plan, Paint paint) {
    JsonObject choices = Json.object(plan, "implementations");
    Table table = new Table("FUNCTION", "TEMPLATE", "TYPE", "VERDICT", "COST", "WHY");
    for (JsonObject function : Json.objects(choices, "functions")) {
      for (JsonObject candidate : Json.objects(function, "candidates")) {
        row(table, function, candidate);
      }
    }
    String shown = table.shown(paint);
    return shown.isEmpty() ? "" : "\n" + shown + sum(choices) + "\n";
  }

  private static void row(Table table, JsonObject function, JsonObject candidate) {
    String template = Json.text(candidate, "template");
    boolean refused = candidate.has("refused");
    boolean chosen = template.equals(Json.text(function, "chosen"));
    String verdict = chosen ? "chosen" : "dearer";
    table.row(
        Json.text(function, "id"),
        template,
        Json.text(candidate, "vnf-type"),
        refused ? "refused" : verdict,
        Json.text(candidate, "cost"),
        refused ? Json.text(candidate, "refused") : parts(Json.object(candidate, "parts")));
  }

  /** Those that are not nothing. */
  private static String parts(JsonObject parts) {
    StringJoiner line = new StringJoiner(" ");
    for (Map.Entry<String, JsonElement> part : parts.entrySet()) {
      String value = Members.value(part.getValue());
      if (!value.equals("0")) {
        line.add(part.getKey() + "=" + value);
      }
    }
    return line.toString();
  }

  private static String sum(JsonObject choices) {
    StringJoiner cores = new StringJoiner(", ");
    Json.array(choices, "cores").forEach(core -> cores.add(Members.value(core)));
    boolean proven = Json.text(choices, "proven").equals("true");
    return Printable.line(
        "cost %s, %s; cores %s"
            .formatted(
                Json.text(choices, "cost"),
                proven ? "the least there is" : "the least that was found in time",
                cores));
  }
}
