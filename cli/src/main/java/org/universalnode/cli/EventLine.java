package org.universalnode.cli;

import com.google.gson.JsonObject;
import java.util.StringJoiner;
import org.universalnode.nffg.json.JsonText;

/** An event on one line. */
final class EventLine {
  private static final int CLOCK_BEGIN = 11;
  private static final int CLOCK_END = 23;

  private EventLine() {}

  /** For a program, the node's JSON; for a person, what happened, when and to which graph. */
  static String of(JsonObject event, Invocation call) {
    return (call.json() ? JsonText.compact(event) : shown(event, call.paint())) + "\n";
  }

  /** An event of a kind that is not known is shown as it came. */
  private static String shown(JsonObject event, Paint paint) {
    StringJoiner line = new StringJoiner("  ");
    String time = Json.text(event, "time");
    line.add(time.length() >= CLOCK_END ? time.substring(CLOCK_BEGIN, CLOCK_END) : "-");
    String graph = Json.text(event, "graph");
    line.add(Printable.line(graph.isEmpty() ? "-" : graph));
    line.add(
        switch (Json.text(event, "event")) {
          case "graph" -> state("graph", event, paint);
          case "function" -> state("function " + Json.text(event, "function"), event, paint);
          case "node" -> state("node", event, paint);
          case "step" -> step(event, paint);
          case "drift" -> Printable.line(Json.text(event, "what")) + took(event);
          case "missed" -> "events were lost between the last and this one";
          default -> Printable.line(JsonText.compact(event));
        });
    return line.toString();
  }

  private static String state(String what, JsonObject event, Paint paint) {
    String reason = Json.text(event, "reason");
    return Printable.line(what)
        + " "
        + paint.word(Printable.line(Json.text(event, "state")))
        + (reason.isEmpty() ? "" : ": " + Printable.line(reason));
  }

  private static String step(JsonObject event, Paint paint) {
    String state = Json.text(event, "state");
    return "[%s/%s] %s: %s%s"
        .formatted(
            Printable.line(Json.text(event, "done")),
            Printable.line(Json.text(event, "total")),
            Printable.line(Json.text(event, "step")),
            paint.word(Printable.line(state)),
            state.equals("began") ? "" : took(event));
  }

  private static String took(JsonObject event) {
    return " in " + Printable.line(Json.text(event, "milliseconds")) + " ms";
  }
}
