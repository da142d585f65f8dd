package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.universalnode.compute.Containment;
import org.universalnode.compute.InstanceHealth;
import org.universalnode.compute.InstanceStats;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.node.deploy.RunningFunction;

/** All about one function that is deployed. */
final class InstanceBody {
  private InstanceBody() {}

  static Response of(String id, RunningFunction function) {
    ObservedInstance observed = function.observed();
    InstanceStats stats = function.stats();
    JsonObject body = new JsonObject();
    body.addProperty("id", id);
    body.addProperty("template", function.placement().template());
    body.addProperty("state", StateWord.of(observed.state()));
    addHealth(body, function, observed.state());
    body.addProperty("namespace", observed.namespace());
    function.placement().shared().ifPresent(name -> body.addProperty("shared-instance", name));
    stats.mark().ifPresent(mark -> body.addProperty("mark", mark));
    body.add("usage", usage(stats));
    body.add("limits", limits(stats.containment()));
    return Response.json(200, body);
  }

  private static void addHealth(
      JsonObject body, RunningFunction function, ObservedInstance.State state) {
    if (state == ObservedInstance.State.STARTED) {
      InstanceHealth health = function.health();
      body.addProperty("healthy", health.isGood());
      body.addProperty("reason", health.reason());
      body.add("report", JsonText.parse(health.report(), JsonLimits.DOCUMENT));
    }
  }

  private static JsonObject usage(InstanceStats stats) {
    JsonObject json = new JsonObject();
    stats.memoryBytes().ifPresent(bytes -> json.addProperty("memory-bytes", bytes));
    json.addProperty("cpu-milliseconds", stats.cpu().toMillis());
    json.addProperty("processes", stats.processes());
    JsonArray cores = new JsonArray();
    stats.cores().stream().sorted().forEach(cores::add);
    json.add("cores", cores);
    return json;
  }

  private static JsonObject limits(Containment containment) {
    JsonObject json = new JsonObject();
    json.addProperty("isolation", containment.isolation().toString());
    json.addProperty("memory-bytes", containment.memoryBytes());
    json.addProperty("processes", containment.processes());
    containment.cpuPercent().ifPresent(percent -> json.addProperty("cpu-percent", percent));
    return json;
  }
}
