package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.function.Predicate;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.GraphWriter;
import org.universalnode.node.deploy.GraphState;
import org.universalnode.node.deploy.Orchestrator;

/** What the node answers, as JSON. */
final class Bodies {
  private static final int ALL = 100;

  private Bodies() {}

  /** Those of which it is to be known. */
  static Response list(Orchestrator graphs, Predicate<String> known) {
    JsonArray list = new JsonArray();
    for (String id : graphs.ids().stream().filter(known).toList()) {
      graphs
          .graph(id)
          .ifPresent(
              graph -> {
                JsonObject entry = new JsonObject();
                entry.addProperty("nffg-uuid", id);
                entry.addProperty("etag", EntityTag.of(graph));
                GraphWriter.tree(graph)
                    .entrySet()
                    .forEach(e -> entry.add(e.getKey(), e.getValue()));
                list.add(entry);
              });
    }
    JsonObject body = new JsonObject();
    body.add("NF-FG", list);
    return Response.json(200, body);
  }

  /** The published two keys first, which orchestrators poll. */
  static Response status(GraphState state) {
    JsonObject body = new JsonObject();
    body.addProperty("status", published(state.phase()));
    body.addProperty("percentage_completed", percentage(state));
    body.addProperty("nffg-uuid", state.id());
    body.addProperty("state", state.phase().name().toLowerCase(java.util.Locale.ROOT));
    body.addProperty("reason", state.reason());
    JsonArray functions = new JsonArray();
    state.functions().forEach(function -> functions.add(function(function)));
    body.add("functions", functions);
    JsonArray endPoints = new JsonArray();
    state
        .graph()
        .endPoints()
        .forEach(endPoint -> endPoints.add(EndPointBody.of(endPoint, stackOf(state, endPoint))));
    body.add("end-points", endPoints);
    body.addProperty("flow-rules", state.graph().rules().size());
    return Response.json(200, body);
  }

  static Response health(Orchestrator graphs) {
    JsonObject body = new JsonObject();
    body.addProperty("status", "up");
    body.addProperty("graphs", graphs.ids().size());
    return Response.json(200, body);
  }

  private static JsonObject function(GraphState.Function function) {
    JsonObject json = new JsonObject();
    json.addProperty("id", function.id());
    json.addProperty("template", function.placement().template());
    json.addProperty("state", StateWord.of(function.observed().state()));
    JsonArray processes = new JsonArray();
    function.observed().processes().stream().sorted().forEach(processes::add);
    json.add("processes", processes);
    json.addProperty("namespace", function.observed().namespace());
    JsonArray ports = new JsonArray();
    function.ports().forEach(port -> ports.add(port(port)));
    json.add("ports", ports);
    return json;
  }

  private static JsonObject port(GraphState.Port port) {
    JsonObject json = new JsonObject();
    json.addProperty("id", port.id());
    json.addProperty("interface", port.interfaceName());
    json.addProperty("mac", port.mac());
    json.addProperty("switch-interface", port.attached().switchInterface());
    return json;
  }

  private static Optional<GraphState.Stack> stackOf(GraphState state, EndPoint endPoint) {
    return Optional.ofNullable(state.stacks().get(endPoint.id()));
  }

  private static String published(GraphState.Phase phase) {
    return switch (phase) {
      case PENDING, DEPLOYING, DELETING -> "in_progress";
      case ACTIVE, DEGRADED -> "complete";
      case FAILED -> "error";
    };
  }

  private static int percentage(GraphState state) {
    return switch (state.phase()) {
      case ACTIVE, DEGRADED -> ALL;
      case PENDING -> 0;
      case DEPLOYING, DELETING, FAILED -> state.percentage();
    };
  }
}
