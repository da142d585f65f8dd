package org.universalnode.nffg;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.universalnode.nffg.json.JsonText;

/** Writes a service graph in one canonical form: {@code GraphReader.read(write(g)).equals(g)}. */
public final class GraphWriter {
  private GraphWriter() {}

  /** The document on one line; {@link JsonText#pretty} of {@link #tree} is for people. */
  public static String write(ServiceGraph graph) {
    return JsonText.compact(tree(graph));
  }

  /** The document as a tree, with {@code forwarding-graph} as its only member. */
  public static JsonObject tree(ServiceGraph graph) {
    JsonObject bigSwitch = new JsonObject();
    bigSwitch.add("flow-rules", array(graph.rules(), GraphWriter::rule));
    JsonObject body = new JsonObject();
    addText(body, "name", graph.name());
    addText(body, "description", graph.description());
    body.add("VNFs", array(graph.functions(), GraphWriter::function));
    body.add("end-points", array(graph.endPoints(), GraphWriter::endPoint));
    body.add("big-switch", bigSwitch);
    addExtras(body, graph.extras());
    JsonObject document = new JsonObject();
    document.add("forwarding-graph", body);
    return document;
  }

  private static JsonObject function(NetworkFunction function) {
    JsonObject body = new JsonObject();
    body.addProperty("id", function.id());
    addText(body, "name", function.name());
    addText(body, "functional-capability", function.functionalCapability());
    addText(body, "vnf_template", function.template());
    body.add("ports", array(function.ports(), GraphWriter::port));
    if (!function.configuration().equals(Extras.NONE)) {
      body.add("configuration", Extras.object(function.configuration()));
    }
    addExtras(body, function.extras());
    return body;
  }

  private static JsonObject port(FunctionPort port) {
    JsonObject body = new JsonObject();
    body.addProperty("id", port.id().toString());
    addText(body, "name", port.name());
    port.mac().ifPresent(mac -> body.addProperty("mac", mac.toString()));
    port.address().ifPresent(address -> body.addProperty("unify-ip", address.toString()));
    if (port.trusted()) {
      body.addProperty("trusted", true);
    }
    addExtras(body, port.extras());
    return body;
  }

  private static JsonObject endPoint(EndPoint endPoint) {
    JsonObject body = new JsonObject();
    body.addProperty("id", endPoint.id());
    addText(body, "name", endPoint.name());
    switch (endPoint.kind()) {
      case EndPoint.Kind.Interface(String interfaceName, String nodeId) -> {
        JsonObject at = new JsonObject();
        at.addProperty("if-name", interfaceName);
        addText(at, "node-id", nodeId);
        body.addProperty("type", "interface");
        body.add("interface", at);
      }
    }
    addExtras(body, endPoint.extras());
    return body;
  }

  private static JsonObject rule(FlowRule rule) {
    JsonObject body = new JsonObject();
    body.addProperty("id", rule.id());
    body.addProperty("priority", rule.priority());
    addText(body, "description", rule.description());
    body.add("match", match(rule.match()));
    body.add("actions", array(rule.actions(), GraphWriter::action));
    return body;
  }

  private static JsonObject match(Match match) {
    JsonObject body = new JsonObject();
    body.addProperty("port_in", match.portIn().toString());
    MatchFields fields = match.fields();
    fields.etherType().ifPresent(type -> body.addProperty("ether_type", EtherType.format(type)));
    fields.vlan().ifPresent(vlan -> body.addProperty("vlan_id", vlan.toString()));
    fields.sourceMac().ifPresent(mac -> body.addProperty("source_mac", mac.toString()));
    fields.destMac().ifPresent(mac -> body.addProperty("dest_mac", mac.toString()));
    fields.sourceIp().ifPresent(block -> body.addProperty("source_ip", block.toString()));
    fields.destIp().ifPresent(block -> body.addProperty("dest_ip", block.toString()));
    fields.protocol().ifPresent(number -> addNumber(body, "protocol", number));
    fields.sourcePort().ifPresent(number -> addNumber(body, "source_port", number));
    fields.destPort().ifPresent(number -> addNumber(body, "dest_port", number));
    return body;
  }

  private static JsonObject action(Action action) {
    JsonObject body = new JsonObject();
    switch (action) {
      case Action.Output(PortRef port) -> body.addProperty("output_to_port", port.toString());
    }
    return body;
  }

  private static <T> JsonArray array(List<T> items, Function<T, JsonElement> write) {
    JsonArray array = new JsonArray(items.size());
    items.forEach(item -> array.add(write.apply(item)));
    return array;
  }

  /** Empty means absent. */
  private static void addText(JsonObject body, String key, String text) {
    if (!text.isEmpty()) {
      body.addProperty(key, text);
    }
  }

  /** The formalism writes the numbers of match fields as strings. */
  private static void addNumber(JsonObject body, String key, int number) {
    body.addProperty(key, Integer.toString(number));
  }

  private static void addExtras(JsonObject body, String extras) {
    Extras.object(extras).asMap().forEach(body::add);
  }
}
