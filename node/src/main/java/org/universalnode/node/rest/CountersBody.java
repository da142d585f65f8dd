package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.universalnode.node.deploy.GraphCounters;
import org.universalnode.switching.SwitchCounters.Count;

/** What went through a graph as JSON. */
final class CountersBody {
  private CountersBody() {}

  static Response of(GraphCounters counters) {
    JsonObject body = new JsonObject();
    body.addProperty("nffg-uuid", counters.id());
    JsonArray rules = new JsonArray();
    counters.rules().forEach(rule -> rules.add(rule(rule)));
    body.add("flow-rules", rules);
    JsonArray ports = new JsonArray();
    counters.ports().forEach(port -> ports.add(port(port)));
    body.add("ports", ports);
    JsonArray links = new JsonArray();
    counters.links().forEach(link -> links.add(link(link)));
    body.add("links", links);
    return Response.json(200, body);
  }

  private static JsonObject rule(GraphCounters.Rule rule) {
    JsonObject json = new JsonObject();
    json.addProperty("id", rule.id());
    json.addProperty("lsi", rule.lsi().number());
    return counted(json, rule.count());
  }

  private static JsonObject port(GraphCounters.Port port) {
    JsonObject json = new JsonObject();
    json.addProperty("port", port.port().toString());
    port.interfaceName().ifPresent(name -> json.addProperty("interface", name));
    json.add("in", counted(new JsonObject(), port.traffic().in()));
    json.add("out", counted(new JsonObject(), port.traffic().out()));
    json.add("dropped", counted(new JsonObject(), port.traffic().dropped()));
    return json;
  }

  private static JsonObject link(GraphCounters.Link link) {
    JsonObject json = new JsonObject();
    json.addProperty("to", link.destination());
    return counted(json, link.count());
  }

  private static JsonObject counted(JsonObject json, Count count) {
    json.addProperty("packets", count.packets());
    json.addProperty("bytes", count.bytes());
    return json;
  }
}
