package org.universalnode.compute.libvirt;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.compute.Containment;
import org.universalnode.compute.ContainmentText;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.nffg.EnvironmentVariable;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;

/**
 * What an instance was made from, kept beside it, so that whoever comes later knows it.
 *
 * @param cores virtual ones
 */
record Recorded(
    InstanceId id,
    Path image,
    List<Port> ports,
    Containment containment,
    int cores,
    List<EnvironmentVariable> environment) {

  static Recorded of(FunctionSpec spec) {
    return new Recorded(
        spec.id(),
        Path.of(spec.image()),
        spec.ports().stream().map(Port::of).toList(),
        spec.containment(),
        spec.surroundings().cores(),
        spec.surroundings().environment());
  }

  /** Those by which the kernel's interfaces carry frames. */
  List<Port> taps() {
    return ports.stream().filter(port -> !port.isSocket()).toList();
  }

  /** Whether a machine of this can have the other's ports while it runs. */
  boolean canBecome(Recorded other) {
    return with(List.of()).equals(other.with(List.of()))
        && other.without(this).stream().noneMatch(Port::isSocket)
        && without(other).stream().noneMatch(Port::isSocket)
        && ports.stream().allMatch(port -> other.ports.stream().noneMatch(port::isOtherwise));
  }

  /** The same with other ports. */
  Recorded with(List<Port> others) {
    return new Recorded(id, image, List.copyOf(others), containment, cores, environment);
  }

  /** The same with the other's ports besides. */
  Recorded and(Recorded other) {
    List<Port> all = new ArrayList<>(ports);
    all.addAll(other.without(this));
    return with(all);
  }

  /** Ports that the other does not have. */
  List<Port> without(Recorded other) {
    return ports.stream().filter(port -> !other.ports.contains(port)).toList();
  }

  /** What the switch is told. */
  Instance instance(Place place) {
    return new Instance(id, place.name(), ports.stream().map(port -> port.shown(place)).toList());
  }

  String write() {
    JsonObject json = new JsonObject();
    json.addProperty("graph", id.graph());
    json.addProperty("function", id.function());
    json.addProperty("incarnation", id.incarnation());
    json.addProperty("image", image.toString());
    json.addProperty("cores", cores);
    json.add("containment", ContainmentText.write(containment));
    JsonArray variables = new JsonArray();
    environment.forEach(variable -> variables.add(variable.toString()));
    json.add("environment", variables);
    JsonArray all = new JsonArray();
    for (Port port : ports) {
      JsonObject one = new JsonObject();
      one.addProperty("label", port.label().toString());
      one.addProperty("mac", port.mac().toString());
      port.address().ifPresent(address -> one.addProperty("address", address.toString()));
      one.addProperty("technology", port.technology());
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
    Recorded read =
        new Recorded(
            id,
            Path.of(fields.requiredString("image")),
            fields.requiredObjects("ports").stream().map(Recorded::port).toList(),
            ContainmentText.read(fields.requiredObject("containment")),
            fields.requiredInteger("cores", 1, Integer.MAX_VALUE),
            List.copyOf(environment));
    problems.throwIfAny();
    return read;
  }

  private static Port port(JsonFields fields) {
    String address = fields.string("address");
    return new Port(
        PortLabel.parse(fields.requiredString("label")),
        MacAddress.parse(fields.requiredString("mac")),
        address.isEmpty() ? Optional.empty() : Optional.of(InterfaceAddress.parse(address)),
        fields.string("technology"));
  }

  private static EnvironmentVariable variable(String text) {
    int sign = text.indexOf('=');
    return new EnvironmentVariable(text.substring(0, sign), text.substring(sign + 1));
  }
}
