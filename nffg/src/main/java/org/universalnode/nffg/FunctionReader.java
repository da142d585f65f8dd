package org.universalnode.nffg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.Problems;

/** Reads one element of {@code VNFs}. */
final class FunctionReader {
  private static final KeptKeys KEPT =
      new KeptKeys(
          List.of("domain", "description"),
          List.of("groups", "unify-control", "unify-env-variables"),
          List.of("gui-position"));
  private static final KeptKeys KEPT_OF_PORT =
      new KeptKeys(List.of(), List.of(), List.of("gui-position"));

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
    String extras = KEPT.from(fields);
    fields.rejectUnknown();
    return problems.count() == before
        ? id.map(
            good ->
                new NetworkFunction(good, name, capability, template, ports, configuration, extras))
        : Optional.empty();
  }

  private static String configuration(JsonFields fields) {
    return fields
        .object("configuration")
        .map(object -> KeptKeys.text(object.whole(), fields, object.pointer()))
        .orElse(Extras.NONE);
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
    Optional<MacAddress> mac = fields.parsed("mac", FunctionReader::unicast);
    Optional<InterfaceAddress> address = fields.parsed("unify-ip", InterfaceAddress::parse);
    boolean trusted = fields.bool("trusted").orElse(false);
    if (trusted && !fields.has("mac")) {
      fields.problem("trusted", "a trusted port has no mac", "add the mac that it shall have");
    }
    String extras = KEPT_OF_PORT.from(fields);
    fields.rejectUnknown();
    return problems.count() == before
        ? id.map(good -> new FunctionPort(good, name, mac, address, trusted, extras))
        : Optional.empty();
  }

  private static MacAddress unicast(String text) {
    MacAddress mac = MacAddress.parse(text);
    if (!mac.isUnicast()) {
      throw Invalid.because(mac + " is no unicast address", "use one like 02:00:00:00:00:01");
    }
    return mac;
  }
}
