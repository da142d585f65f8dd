package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import org.universalnode.compute.Containment;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.diff.Aspect;
import org.universalnode.nffg.diff.Change;
import org.universalnode.node.plan.Prediction;

/** A prediction as JSON. */
final class PlanBody {
  private PlanBody() {}

  static Response of(Prediction plan) {
    JsonObject body = new JsonObject();
    body.addProperty("changes", plan.changes());
    body.addProperty("cosmetic", plan.cosmetic());
    body.addProperty("graph", word(plan.outcome()));
    body.addProperty("notes", plan.notes());
    body.add("functions", functions(plan));
    body.add("end-points", elements(plan.endPoints(), EndPointBody::of));
    body.add("flow-rules", elements(plan.rules(), PlanBody::rule));
    JsonObject interfaces = new JsonObject();
    interfaces.add("taken", array(plan.interfaces().taken()));
    interfaces.add("given-back", array(plan.interfaces().givenBack()));
    body.add("interfaces", interfaces);
    JsonObject links = new JsonObject();
    links.addProperty("added", plan.links().added());
    links.addProperty("removed", plan.links().removed());
    links.addProperty("kept", plan.links().kept());
    body.add("links", links);
    JsonArray steps = new JsonArray();
    plan.plan().steps().forEach(step -> steps.add(step.toString()));
    body.add("steps", steps);
    body.add("resources", resources(plan));
    body.add("implementations", ChoicesBody.of(plan.choices()));
    body.addProperty("milliseconds", Math.round(plan.expected().toNanos() / 1e5) / 10.0);
    return Response.json(200, body);
  }

  /** Limits of all functions that the graph will have. */
  private static JsonObject resources(Prediction plan) {
    List<Containment> limits =
        plan.functions().stream()
            .filter(function -> function.becoming() != Prediction.Becoming.STOP)
            .map(function -> function.placement().containment())
            .toList();
    JsonObject json = new JsonObject();
    long bytes = limits.stream().mapToLong(Containment::memoryBytes).sum();
    json.addProperty("memory-mb", bytes >> 20);
    json.addProperty("processes", limits.stream().mapToLong(Containment::processes).sum());
    return json;
  }

  private static JsonObject functions(Prediction plan) {
    JsonObject steps = new JsonObject();
    for (Prediction.Becoming step : Prediction.Becoming.values()) {
      JsonArray functions = new JsonArray();
      plan.functions().stream()
          .filter(function -> function.becoming() == step)
          .forEach(function -> functions.add(function(function)));
      steps.add(word(step), functions);
    }
    return steps;
  }

  private static JsonObject function(Prediction.Function function) {
    JsonObject json = new JsonObject();
    json.addProperty("id", function.id());
    json.addProperty("template", function.placement().template());
    json.addProperty("vnf-type", function.placement().type());
    json.addProperty("isolation", function.placement().containment().isolation().toString());
    json.add("aspects", aspects(function.aspects()));
    return json;
  }

  private static <T> JsonObject elements(
      Prediction.Elements<T> elements, Function<T, JsonObject> write) {
    JsonArray added = new JsonArray();
    elements.changes().added().forEach(element -> added.add(write.apply(element)));
    JsonArray removed = new JsonArray();
    elements.changes().removed().forEach(element -> removed.add(write.apply(element)));
    JsonArray changed = new JsonArray();
    elements.changes().changed().forEach(change -> changed.add(changed(change, write)));
    JsonObject json = new JsonObject();
    json.add("added", added);
    json.add("removed", removed);
    json.add("changed", changed);
    json.addProperty("kept", elements.kept());
    return json;
  }

  private static <T> JsonObject changed(Change<T> change, Function<T, JsonObject> write) {
    JsonObject json = write.apply(change.after());
    json.add("aspects", aspects(change.aspects()));
    return json;
  }

  private static JsonObject rule(FlowRule rule) {
    JsonObject json = new JsonObject();
    json.addProperty("id", rule.id());
    return json;
  }

  private static JsonArray aspects(Collection<Aspect> aspects) {
    return array(new TreeSet<>(aspects));
  }

  private static JsonArray array(Collection<?> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(text -> array.add(text.toString()));
    return array;
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
