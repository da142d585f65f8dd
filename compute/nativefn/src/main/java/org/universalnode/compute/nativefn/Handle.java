package org.universalnode.compute.nativefn;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.compute.Containment;
import org.universalnode.compute.ContainmentText;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.PortNames;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;

/**
 * How to run an instance's handlers, kept on disk beside the instance, so that whoever comes later
 * can stop what it did not start.
 *
 * @param archive folder of the unpacked archive
 * @param arguments of every handler: LSI, function id, number of ports, interface of each port
 * @param ports environment variables that say which interface is which port
 * @param part of which shared instance it is; empty for an instance of its own
 */
record Handle(
    InstanceId id,
    Path archive,
    List<String> arguments,
    Map<String, String> ports,
    Containment containment,
    Optional<Part> part) {
  private static final int PORTS_AT = 3;

  /**
   * One graph's part of a shared instance.
   *
   * @param shared the instance's name
   * @param mark 1 to 4095, by which it knows the graph's traffic
   */
  record Part(String shared, int mark) {}

  static Handle of(FunctionSpec spec) {
    return of(spec, PortNames.interfaces(spec.ports()), Optional.empty());
  }

  /** Of an instance that becomes what is specified: ports that it has keep their names. */
  static Handle following(Optional<Handle> earlier, FunctionSpec spec) {
    Map<String, String> known = earlier.map(Handle::ports).orElse(Map.of());
    return of(spec, PortNames.interfaces(spec.ports(), known), Optional.empty());
  }

  static Handle of(FunctionSpec spec, Part part) {
    return of(spec, PortNames.interfaces(spec.ports(), part.mark()), Optional.of(part));
  }

  /** Of a shared instance itself, which has no ports of its own. */
  static Handle shared(FunctionSpec spec) {
    return new Handle(
        new InstanceId("", spec.shared().orElseThrow()),
        Path.of(spec.image()),
        List.of(String.valueOf(spec.lsi()), spec.id().function(), "0"),
        Map.of(),
        spec.containment(),
        Optional.empty());
  }

  private static Handle of(FunctionSpec spec, List<String> interfaces, Optional<Part> part) {
    List<String> arguments = new ArrayList<>();
    arguments.add(String.valueOf(spec.lsi()));
    arguments.add(spec.id().function());
    arguments.add(String.valueOf(interfaces.size()));
    arguments.addAll(interfaces);
    Map<String, String> ports = new LinkedHashMap<>();
    for (int i = 0; i < interfaces.size(); i++) {
      ports.put(PortNames.variable(spec.ports().get(i).label()), interfaces.get(i));
    }
    return new Handle(spec.id(), Path.of(spec.image()), arguments, ports, spec.containment(), part);
  }

  /** Of its ports, in their order. */
  List<String> interfaces() {
    return arguments.subList(PORTS_AT, arguments.size());
  }

  /** Whether both are alike but for their ports. */
  boolean isLike(Handle other) {
    return withoutPorts().equals(other.withoutPorts());
  }

  private Handle withoutPorts() {
    List<String> first = arguments.subList(0, PORTS_AT - 1);
    return new Handle(id, archive, first, Map.of(), containment, part);
  }

  /** Whether its handlers were told of exactly these ports; those of a part don't change. */
  boolean hasPortsOf(FunctionSpec spec) {
    return part.isPresent() || ports.equals(following(Optional.of(this), spec).ports);
  }

  /** Whether it is a shared instance's own, not a graph's. */
  boolean isShared() {
    return id.graph().isEmpty();
  }

  String write() {
    JsonObject json = new JsonObject();
    if (!isShared()) {
      json.addProperty("graph", id.graph());
    }
    json.addProperty("function", id.function());
    json.addProperty("incarnation", id.incarnation());
    json.addProperty("archive", archive.toString());
    json.add("arguments", array(arguments));
    JsonObject variables = new JsonObject();
    ports.forEach(variables::addProperty);
    json.add("ports", variables);
    json.add("containment", ContainmentText.write(containment));
    part.ifPresent(
        of -> {
          json.addProperty("shared", of.shared());
          json.addProperty("mark", of.mark());
        });
    return JsonText.pretty(json);
  }

  static Handle read(String text) {
    Problems problems = new Problems();
    JsonFields fields = JsonFields.of(JsonText.parse(text, JsonLimits.DOCUMENT), "", problems);
    InstanceId id =
        new InstanceId(
            fields.string("graph"),
            fields.requiredString("function"),
            fields.integer("incarnation", 0, Integer.MAX_VALUE).orElse(0));
    Path archive = Path.of(fields.requiredString("archive"));
    List<String> arguments = strings(fields, "arguments");
    Map<String, String> ports = new LinkedHashMap<>();
    JsonFields variables = fields.requiredObject("ports");
    variables.keys().forEach(key -> ports.put(key, variables.requiredString(key)));
    Containment containment = ContainmentText.read(fields.requiredObject("containment"));
    Optional<Part> part =
        fields.has("shared")
            ? Optional.of(
                new Part(fields.requiredString("shared"), fields.requiredInteger("mark", 1, 4095)))
            : Optional.empty();
    problems.throwIfAny();
    return new Handle(id, archive, arguments, ports, containment, part);
  }

  private static List<String> strings(JsonFields fields, String key) {
    List<String> strings = new ArrayList<>();
    fields.requiredArray(key).forEach(element -> strings.add(element.getAsString()));
    return strings;
  }

  private static JsonArray array(List<?> items) {
    JsonArray array = new JsonArray(items.size());
    items.forEach(item -> array.add(item.toString()));
    return array;
  }
}
