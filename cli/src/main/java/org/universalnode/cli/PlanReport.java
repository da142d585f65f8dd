package org.universalnode.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.StringJoiner;

/** The node's plan for a person: a line for each element that changes, then how many do not. */
final class PlanReport {
  private static final List<String> NAMED = List.of("id", "type");

  private final StringBuilder lines = new StringBuilder();
  private final JsonObject plan;
  private final Paint paint;

  private PlanReport(JsonObject plan, Paint paint) {
    this.plan = plan;
    this.paint = paint;
  }

  /** The lines, each ended by a line break. */
  static String shown(JsonObject plan, Paint paint) {
    return new PlanReport(plan, paint).shown();
  }

  private String shown() {
    if (Json.text(plan, "changes").equals("false")) {
      String unchanged = unchanged();
      return "nothing to do" + (unchanged.isEmpty() ? "" : ": " + unchanged) + "\n";
    }
    graph();
    functions();
    elements("end-point", Json.object(plan, "end-points"));
    elements("rule", Json.object(plan, "flow-rules"));
    interfaces();
    String unchanged = unchanged();
    lines.append(unchanged.isEmpty() ? "" : unchanged + "\n");
    if (Json.text(plan, "cosmetic").equals("true")) {
      lines.append("only notes change: nothing that runs is touched\n");
    }
    cost();
    return lines.toString();
  }

  private void graph() {
    String outcome = Json.text(plan, "graph");
    if (outcome.equals("created")) {
      added("graph", "");
    } else if (outcome.equals("restored")) {
      changed("graph", ": restored; it does not run as it should");
    }
    if (Json.text(plan, "notes").equals("true")) {
      changed("graph", ": notes");
    }
  }

  private void functions() {
    JsonObject steps = Json.object(plan, "functions");
    for (JsonObject function : Json.objects(steps, "start")) {
      String isolation = Json.text(function, "isolation");
      String how = Json.text(function, "vnf-type") + (isolation.isEmpty() ? "" : ", " + isolation);
      String implementation = ": " + Json.text(function, "template") + " (" + how + ")";
      added("function " + Json.text(function, "id"), implementation);
    }
    changedFunctions(steps, "replace", " (replaced)");
    changedFunctions(steps, "update", "");
    changedFunctions(steps, "keep", " (not touched)");
    for (JsonObject function : Json.objects(steps, "stop")) {
      removed("function " + Json.text(function, "id"), "");
    }
  }

  private void changedFunctions(JsonObject steps, String step, String remark) {
    for (JsonObject function : Json.objects(steps, step)) {
      if (!step.equals("keep") || !isUnchanged(function)) {
        changed("function " + Json.text(function, "id"), aspects(function) + remark);
      }
    }
  }

  private void elements(String kind, JsonObject changes) {
    for (JsonObject element : Json.objects(changes, "added")) {
      String where = Members.except(NAMED, element);
      String what = where.isEmpty() ? Json.text(element, "type") : where;
      added(kind + " " + Json.text(element, "id"), what.isEmpty() ? "" : ": " + what);
    }
    for (JsonObject element : Json.objects(changes, "changed")) {
      changed(kind + " " + Json.text(element, "id"), aspects(element));
    }
    for (JsonObject element : Json.objects(changes, "removed")) {
      removed(kind + " " + Json.text(element, "id"), "");
    }
  }

  private void interfaces() {
    JsonObject interfaces = Json.object(plan, "interfaces");
    for (JsonElement name : Json.array(interfaces, "taken")) {
      added("interface " + Members.value(name), ": taken from the host");
    }
    for (JsonElement name : Json.array(interfaces, "given-back")) {
      removed("interface " + Members.value(name), ": given back to the host");
    }
  }

  /** How long it takes, and what the functions may use when it is done. */
  private void cost() {
    int steps = Json.array(plan, "steps").size();
    if (steps > 0) {
      JsonObject resources = Json.object(plan, "resources");
      String text =
          "%d step%s, about %s ms; functions may use %s MB and %s processes"
              .formatted(
                  steps,
                  steps == 1 ? "" : "s",
                  Json.text(plan, "milliseconds"),
                  Json.text(resources, "memory-mb"),
                  Json.text(resources, "processes"));
      lines.append(Printable.line(text)).append('\n');
    }
  }

  private void added(String what, String more) {
    line(paint.good("+"), what + more);
  }

  private void changed(String what, String more) {
    line(paint.doubtful("~"), what + more);
  }

  private void removed(String what, String more) {
    line(paint.bad("-"), what + more);
  }

  private void line(String sign, String text) {
    lines.append(sign).append(' ').append(Printable.line(text)).append('\n');
  }

  /** Such as {@code 2 functions, 5 rules unchanged}; nothing at all if everything changes. */
  private String unchanged() {
    JsonObject steps = Json.object(plan, "functions");
    int functions = 0;
    for (JsonObject function : Json.objects(steps, "keep")) {
      functions += isUnchanged(function) ? 1 : 0;
    }
    StringJoiner counts = new StringJoiner(", ", "", " unchanged").setEmptyValue("");
    count(counts, Integer.toString(functions), "function");
    count(counts, Json.text(Json.object(plan, "end-points"), "kept"), "end-point");
    count(counts, Json.text(Json.object(plan, "flow-rules"), "kept"), "rule");
    return counts.toString();
  }

  private static void count(StringJoiner counts, String number, String what) {
    if (!number.isEmpty() && !number.equals("0")) {
      counts.add(Printable.line(number) + " " + what + (number.equals("1") ? "" : "s"));
    }
  }

  private static boolean isUnchanged(JsonObject function) {
    return Json.array(function, "aspects").isEmpty();
  }

  private static String aspects(JsonObject element) {
    StringJoiner aspects = new StringJoiner(", ", ": ", "").setEmptyValue("");
    for (JsonElement aspect : Json.array(element, "aspects")) {
      aspects.add(Members.value(aspect));
    }
    return aspects.toString();
  }
}
