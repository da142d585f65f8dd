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
    addList(body, "node-config", array(graph.nodeSettings(), GraphWriter::nodeSetting));
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
    addList(body, "unify-control", array(function.controlPorts(), GraphWriter::controlPort));
    addList(body, "unify-env-variables", array(function.environment(), GraphWriter::variable));
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
    EndPointWriter.add(body, endPoint.kind());
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
    match.fields().fields().forEach((field, wanted) -> field(body, field, wanted));
    addExtras(body, match.extras());
    return body;
  }

  private static void field(JsonObject body, HeaderField field, FieldMatch match) {
    MatchKey key = MatchKey.of(field);
    body.addProperty(key.name(), field.format(match));
    if (field.notation() == Notation.MAC && !match.mask().equals(field.mask())) {
      body.addProperty(key.mask(), new MacAddress(match.mask().low()).toString());
    }
  }

  private static JsonObject action(Action action) {
    JsonObject body = new JsonObject();
    switch (action) {
      case Action.Output(PortRef port) -> body.addProperty(ActionKey.OUTPUT, port.toString());
      case Action.OutputToController _ -> body.addProperty(ActionKey.CONTROLLER, true);
      case Action.OutputToQueue(String queue) -> body.addProperty(ActionKey.QUEUE, queue);
      case Action.Drop _ -> body.addProperty(ActionKey.DROP, true);
      case Action.PushVlan(int vlan) ->
          body.addProperty(ActionKey.PUSH_VLAN, Integer.toString(vlan));
      case Action.PopVlan _ -> body.addProperty(ActionKey.POP_VLAN, true);
      case Action.SetField(HeaderField field, Bits value) ->
          body.addProperty(ActionKey.setterOf(field), field.format(field.exact(value)));
    }
    return body;
  }

  private static JsonObject nodeSetting(NodeSetting setting) {
    JsonObject body = new JsonObject();
    switch (setting) {
      case NodeSetting.DefaultGateway(String id, IpAddress address) -> {
        JsonObject gateway = new JsonObject();
        gateway.addProperty("ip-address", address.toString());
        body.addProperty("id", id);
        body.addProperty("type", NodeSettingReader.DEFAULT_GATEWAY);
        body.add(NodeSettingReader.DEFAULT_GATEWAY, gateway);
      }
    }
    return body;
  }

  private static JsonObject controlPort(ControlPort port) {
    JsonObject body = new JsonObject();
    body.addProperty("host-tcp-port", port.host());
    body.addProperty("vnf-tcp-port", port.function());
    return body;
  }

  private static JsonObject variable(EnvironmentVariable variable) {
    JsonObject body = new JsonObject();
    body.addProperty("variable", variable.toString());
    return body;
  }

  private static <T> JsonArray array(List<T> items, Function<T, JsonElement> write) {
    JsonArray array = new JsonArray(items.size());
    items.forEach(item -> array.add(write.apply(item)));
    return array;
  }

  /** Empty means absent. */
  static void addText(JsonObject body, String key, String text) {
    if (!text.isEmpty()) {
      body.addProperty(key, text);
    }
  }

  /** Empty means absent. */
  private static void addList(JsonObject body, String key, JsonArray list) {
    if (!list.isEmpty()) {
      body.add(key, list);
    }
  }

  private static void addExtras(JsonObject body, String extras) {
    Extras.object(extras).asMap().forEach(body::add);
  }
}
