package org.universalnode.nffg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.Problems;

/** Reads one element of {@code VNFs}. */
final class FunctionReader {
  private static final KeptKeys KEPT =
      new KeptKeys(List.of("domain", "description"), List.of("groups"), List.of("gui-position"));
  private static final KeptKeys KEPT_OF_PORT =
      new KeptKeys(List.of(), List.of(), List.of("gui-position"));

  private static final Optional<MacAddress> NO_MAC = Optional.empty();

  private final Declarations declared;
  private final Problems problems;

  FunctionReader(Declarations declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  /** Empty if it has problems, which are told. */
  Optional<NetworkFunction> read(JsonFields fields) {
    int before = problems.count();
    Optional<String> id = fields.requiredParsed("id", Identifier::id);
    declared.function(fields, id);
    int beforeNames = problems.count();
    String name = fields.parsed("name", Identifier::name).orElse("");
    String capability = fields.parsed("functional-capability", Identifier::name).orElse("");
    String template = fields.parsed("vnf_template", Identifier::name).orElse("");
    if (problems.count() == beforeNames && (name + capability + template).isEmpty()) {
      fields.problem(
          "name",
          "the function " + id.orElse("") + " does not say what it is",
          "add name, functional-capability or vnf_template");
    }
    List<FunctionPort> ports = ports(fields, id);
    String configuration = configuration(fields);
    List<ControlPort> controlPorts = controlPorts(fields);
    List<EnvironmentVariable> environment = environment(fields);
    String extras = KEPT.from(fields);
    fields.rejectUnknown();
    return problems.count() == before
        ? id.map(
            good ->
                new NetworkFunction(
                    good,
                    name,
                    capability,
                    template,
                    ports,
                    configuration,
                    controlPorts,
                    environment,
                    extras))
        : Optional.empty();
  }

  private static String configuration(JsonFields fields) {
    return fields
        .object("configuration")
        .map(object -> KeptKeys.text(object.whole(), fields, object.pointer()))
        .orElse(Extras.NONE);
  }

  private static List<ControlPort> controlPorts(JsonFields function) {
    List<ControlPort> ports = new ArrayList<>();
    for (JsonFields fields : function.objects("unify-control", NetworkFunction.MOST_PORTS)) {
      OptionalInt host = tcpPort(fields, "host-tcp-port");
      OptionalInt inside = tcpPort(fields, "vnf-tcp-port");
      fields.rejectUnknown();
      if (host.isPresent() && ports.stream().anyMatch(p -> p.host() == host.getAsInt())) {
        fields.problem("host-tcp-port", "it leads to another port already", "use another one");
      }
      if (host.isPresent() && inside.isPresent()) {
        ports.add(new ControlPort(host.getAsInt(), inside.getAsInt()));
      }
    }
    return ports;
  }

  private static OptionalInt tcpPort(JsonFields fields, String key) {
    return fields.requires(key)
        ? fields.quotedInteger(key, 1, ControlPort.LAST)
        : OptionalInt.empty();
  }

  private static List<EnvironmentVariable> environment(JsonFields function) {
    List<EnvironmentVariable> variables = new ArrayList<>();
    for (JsonFields fields :
        function.objects("unify-env-variables", NetworkFunction.MOST_VARIABLES)) {
      Optional<EnvironmentVariable> variable =
          fields.requiredParsed("variable", EnvironmentVariable::parse);
      if (variables.stream()
          .anyMatch(v -> variable.filter(o -> o.name().equals(v.name())).isPresent())) {
        fields.problem("variable", "the variable is set already", "set it once");
      }
      variable.ifPresent(variables::add);
      fields.rejectUnknown();
    }
    return variables;
  }

  /** An empty one, which older programs write, is none. */
  private static Optional<MacAddress> mac(JsonFields fields) {
    return fields
        .parsed("mac", text -> text.isEmpty() ? NO_MAC : Optional.of(MacAddress.parseUnicast(text)))
        .flatMap(mac -> mac);
  }

  private List<FunctionPort> ports(JsonFields function, Optional<String> functionId) {
    int before = problems.count();
    List<JsonFields> all = function.objects("ports", NetworkFunction.MOST_PORTS);
    if (problems.count() != before) {
      declared.port(function, functionId, Optional.empty());
    }
    List<FunctionPort> ports = new ArrayList<>();
    all.forEach(fields -> port(fields, functionId).ifPresent(ports::add));
    return ports;
  }

  private Optional<FunctionPort> port(JsonFields fields, Optional<String> functionId) {
    int before = problems.count();
    Optional<PortLabel> id = fields.requiredParsed("id", PortLabel::parse);
    declared.port(fields, functionId, id);
    String name = fields.parsed("name", Identifier::name).orElse("");
    Optional<MacAddress> mac = mac(fields);
    Optional<InterfaceAddress> address = fields.parsed("unify-ip", InterfaceAddress::parse);
    boolean trusted = fields.bool("trusted").orElse(false);
    if (trusted && mac.isEmpty() && problems.count() == before) {
      fields.problem("trusted", "a trusted port has no mac", "add the mac that it shall have");
    }
    String extras = KEPT_OF_PORT.from(fields);
    fields.rejectUnknown();
    return problems.count() == before
        ? id.map(good -> new FunctionPort(good, name, mac, address, trusted, extras))
        : Optional.empty();
  }
}
