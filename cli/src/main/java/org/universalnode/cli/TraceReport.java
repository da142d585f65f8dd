package org.universalnode.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.StringJoiner;

/** The way of a packet for a person: what each LSI did with it, and where it got to. */
final class TraceReport {
  private final StringBuilder lines = new StringBuilder();
  private final JsonObject trace;
  private final Paint paint;
  private String frame;

  TraceReport(JsonObject trace, Paint paint) {
    this.trace = trace;
    this.paint = paint;
    this.frame = Json.text(trace, "frame");
  }

  /** The lines, each ended by a line break. */
  String shown() {
    line("", frame);
    line("", "comes in at " + Json.text(trace, "in"));
    Json.objects(trace, "hops").forEach(this::hop);
    List<JsonObject> ends = Json.objects(trace, "ends");
    ends.forEach(this::end);
    if (ends.isEmpty()) {
      lines.append(paint.bad("dropped")).append('\n');
    }
    if (Json.text(trace, "cut").equals("true")) {
      lines.append(paint.doubtful("copies were dropped: the way is too long")).append('\n');
    }
    return lines.toString();
  }

  private void hop(JsonObject hop) {
    changed(Json.text(hop, "frame"));
    String rule = Json.text(hop, "rule");
    String in = "LSI-" + Json.text(hop, "lsi") + ", " + Json.text(hop, "in");
    line("", in + (rule.isEmpty() ? "" : ": rule " + rule));
    for (JsonElement action : Json.array(hop, "actions")) {
      line("  ", Members.value(action));
    }
  }

  private void end(JsonObject end) {
    changed(Json.text(end, "frame"));
    String ports = joined(Json.array(end, "ports"));
    String at = Json.text(end, "at");
    boolean same = ports.isEmpty() || ports.equals(at);
    String where = Printable.line(same ? at : at + " (" + ports + ")");
    if (!at.startsWith("vnf:")) {
      lines.append(paint.good("leaves by " + where)).append('\n');
      return;
    }
    lines.append(paint.good("reaches " + where)).append('\n');
    line("  ", "what the function does with it, only the function knows");
    String packet = " --packet " + Json.text(end, "packet");
    for (JsonElement port : Json.array(end, "onward")) {
      line("  ", "if it sends it on unchanged: --in " + Members.value(port) + packet);
    }
  }

  /** A frame is told again when it is not the same any more. */
  private void changed(String now) {
    if (!now.equals(frame)) {
      frame = now;
      line("  ", "now " + now);
    }
  }

  private void line(String indent, String text) {
    lines.append(indent).append(Printable.line(text)).append('\n');
  }

  private static String joined(JsonArray texts) {
    StringJoiner joined = new StringJoiner(", ");
    texts.forEach(text -> joined.add(Members.value(text)));
    return joined.toString();
  }
}
