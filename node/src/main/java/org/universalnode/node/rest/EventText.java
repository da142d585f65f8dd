package org.universalnode.node.rest;

import com.google.gson.JsonObject;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.node.event.EventLog.Event;
import org.universalnode.node.event.NodeEvent;

/** Events as clients see them: one line of JSON each. */
final class EventText {
  private EventText() {}

  /** The name of the event's kind. */
  static String kind(NodeEvent event) {
    return switch (event) {
      case NodeEvent.GraphPhase _ -> "graph";
      case NodeEvent.StepProgress _ -> "step";
      case NodeEvent.FunctionState _ -> "function";
      case NodeEvent.Drift _ -> "drift";
      case NodeEvent.Capabilities _ -> "capabilities";
      case NodeEvent.Node _ -> "node";
    };
  }

  static String data(Event event) {
    JsonObject json = new JsonObject();
    json.addProperty("number", event.number());
    json.addProperty("time", event.time().truncatedTo(ChronoUnit.MICROS).toString());
    json.addProperty("event", kind(event.what()));
    if (!event.what().graph().isEmpty()) {
      json.addProperty("graph", event.what().graph());
    }
    describe(event.what(), json);
    return JsonText.compact(json);
  }

  /**
   * That events are lost to a client.
   *
   * @param after the last that it has seen
   * @param next the first that can be told
   */
  static String missed(long after, long next) {
    JsonObject json = new JsonObject();
    json.addProperty("event", "missed");
    json.addProperty("after", after);
    json.addProperty("next", next);
    return JsonText.compact(json);
  }

  private static void describe(NodeEvent event, JsonObject json) {
    switch (event) {
      case NodeEvent.GraphPhase(String _, String phase, String reason) -> {
        json.addProperty("state", phase);
        json.addProperty("reason", reason);
      }
      case NodeEvent.StepProgress step -> describe(step, json);
      case NodeEvent.FunctionState(String _, String function, String state, String reason) -> {
        json.addProperty("function", function);
        json.addProperty("state", state);
        json.addProperty("reason", reason);
      }
      case NodeEvent.Drift(String _, String what, long millis) -> {
        json.addProperty("what", what);
        json.addProperty("milliseconds", millis);
      }
      case NodeEvent.Capabilities(String what) -> json.addProperty("what", what);
      case NodeEvent.Node(NodeEvent.NodeState state) -> json.addProperty("state", word(state));
    }
  }

  private static void describe(NodeEvent.StepProgress step, JsonObject json) {
    json.addProperty("step", step.step());
    json.addProperty("state", word(step.state()));
    json.addProperty("done", step.done());
    json.addProperty("total", step.total());
    json.addProperty("milliseconds", step.millis());
  }

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
