package org.universalnode.node.rest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collection;
import org.universalnode.node.deploy.PacketTrace;

/** The way of a packet as JSON. */
final class TraceBody {
  private TraceBody() {}

  static Response of(PacketTrace trace) {
    JsonObject body = new JsonObject();
    body.addProperty("in", trace.in().toString());
    body.addProperty("frame", trace.packet().describe());
    JsonArray hops = new JsonArray();
    trace.hops().forEach(hop -> hops.add(hop(hop)));
    body.add("hops", hops);
    JsonArray ends = new JsonArray();
    trace.ends().forEach(end -> ends.add(end(end)));
    body.add("ends", ends);
    body.addProperty("dropped", trace.ends().isEmpty());
    body.addProperty("cut", trace.cut());
    return Response.json(200, body);
  }

  private static JsonObject hop(PacketTrace.Hop hop) {
    JsonObject json = new JsonObject();
    json.addProperty("lsi", hop.lsi().number());
    json.addProperty("in", hop.in());
    json.addProperty("frame", hop.frame());
    hop.rule().ifPresent(rule -> json.addProperty("rule", rule));
    json.add("actions", texts(hop.actions()));
    return json;
  }

  private static JsonObject end(PacketTrace.End end) {
    JsonObject json = new JsonObject();
    json.addProperty("at", end.at());
    json.add("ports", texts(end.ports()));
    json.add("onward", texts(end.onward()));
    json.addProperty("frame", end.frame().describe());
    json.addProperty("packet", end.frame().toString());
    return json;
  }

  private static JsonArray texts(Collection<?> values) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(value.toString()));
    return array;
  }
}
