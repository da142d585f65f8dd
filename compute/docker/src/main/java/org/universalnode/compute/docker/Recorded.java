package org.universalnode.compute.docker;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.compute.Containment;
import org.universalnode.compute.ContainmentText;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.PortNames;
import org.universalnode.nffg.EnvironmentVariable;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;

/**
 * What an instance was made from, kept beside it, so that whoever comes later knows it.
 *
 * @param image its ID, {@code sha256:...}
 */
record Recorded(
    InstanceId id,
    String image,
    List<Port> ports,
    Containment containment,
    List<EnvironmentVariable> environment) {

  /**
   * A port.
   *
   * @param interfaceName what it is called inside
   */
  record Port(PortLabel label, MacAddress mac, String interfaceName) {
    private boolean isOtherwise(Port of) {
      return label.equals(of.label) && !equals(of);
    }
  }

  static Recorded of(FunctionSpec spec) {
    return following(Optional.empty(), spec);
  }

  /** Of an instance that becomes what is specified: ports that it has keep their names. */
  static Recorded following(Optional<Recorded> earlier, FunctionSpec spec) {
    Map<String, String> known = earlier.map(Recorded::portVariables).orElse(Map.of());
    List<String> names = PortNames.interfaces(spec.ports(), known);
    List<Port> ports = new ArrayList<>();
    spec.ports()
        .forEach(port -> ports.add(new Port(port.label(), port.mac(), names.get(ports.size()))));
    return new Recorded(
        spec.id(),
        spec.image(),
        List.copyOf(ports),
        spec.containment(),
        spec.surroundings().environment());
  }

  List<String> interfaces() {
    return ports.stream().map(Port::interfaceName).toList();
  }

  /** Whether a container of this can have the other's ports: they differ in nothing else. */
  boolean canBecome(Recorded other) {
    return withoutPorts().equals(other.withoutPorts())
        && ports.stream().allMatch(port -> other.ports.stream().noneMatch(port::isOtherwise));
  }

  private Recorded withoutPorts() {
    return new Recorded(id, image, List.of(), containment, environment);
  }

  /** What the switch is told. */
  Instance instance(Place place) {
    return new Instance(
        id,
        place.namespace().name(),
        ports.stream()
            .map(port -> new Instance.Port(port.label(), port.interfaceName(), port.mac()))
            .toList());
  }

  /** What its processes find in their environment; the graph can't change what the node says. */
  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    environment.forEach(variable -> variables.put(variable.name(), variable.value()));
    variables.put("UN_GRAPH", id.graph());
    variables.put("UN_FUNCTION", id.function());
    variables.put("UN_CONFIG", InstanceFolder.CONFIGURATION_INSIDE);
    variables.putAll(portVariables());
    return variables;
  }

  /** Which interface is which port. */
  Map<String, String> portVariables() {
    Map<String, String> variables = new LinkedHashMap<>();
    ports.forEach(port -> variables.put(PortNames.variable(port.label()), port.interfaceName()));
    return variables;
  }

  String write() {
    JsonObject json = new JsonObject();
    json.addProperty("graph", id.graph());
    json.addProperty("function", id.function());
    json.addProperty("incarnation", id.incarnation());
    json.addProperty("image", image);
    json.add("containment", ContainmentText.write(containment));
    JsonArray variables = new JsonArray();
    environment.forEach(variable -> variables.add(variable.toString()));
    json.add("environment", variables);
    JsonArray all = new JsonArray();
    for (Port port : ports) {
      JsonObject one = new JsonObject();
      one.addProperty("label", port.label().toString());
      one.addProperty("mac", port.mac().toString());
      one.addProperty("interface", port.interfaceName());
      all.add(one);
    }
    json.add("ports", all);
    return JsonText.pretty(json);
  }

  static Recorded read(String text) {
    Problems problems = new Problems();
    JsonFields fields = JsonFields.of(JsonText.parse(text, JsonLimits.DOCUMENT), "", problems);
    InstanceId id =
        new InstanceId(
            fields.string("graph"),
            fields.requiredString("function"),
            fields.integer("incarnation", 0, Integer.MAX_VALUE).orElse(0));
    List<EnvironmentVariable> environment = new ArrayList<>();
    fields
        .requiredArray("environment")
        .forEach(each -> environment.add(variable(each.getAsString())));
    List<Port> ports = new ArrayList<>();
    fields.requiredObjects("ports").forEach(port -> ports.add(port(port)));
    Recorded read =
        new Recorded(
            id,
            fields.requiredString("image"),
            List.copyOf(ports),
            ContainmentText.read(fields.requiredObject("containment")),
            List.copyOf(environment));
    problems.throwIfAny();
    return read;
  }

  private static Port port(JsonFields fields) {
    return new Port(
        PortLabel.parse(fields.requiredString("label")),
        MacAddress.parse(fields.requiredString("mac")),
        fields.requiredString("interface"));
  }

  private static EnvironmentVariable variable(String text) {
    int sign = text.indexOf('=');
    return new EnvironmentVariable(text.substring(0, sign), text.substring(sign + 1));
  }
}
