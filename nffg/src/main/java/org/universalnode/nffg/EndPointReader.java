package org.universalnode.nffg;

import java.util.List;
import java.util.Optional;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;

/** Reads one element of {@code end-points}. */
final class EndPointReader {
  private static final String INTERFACE = "interface";
  private static final KeptKeys KEPT =
      new KeptKeys(List.of("domain"), List.of(), List.of("gui-position"));

  private final Declarations declared;
  private final Problems problems;

  EndPointReader(Declarations declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  /** Empty if it has problems, which are told. */
  Optional<EndPoint> read(JsonFields fields) {
    int before = problems.count();
    Optional<String> id = fields.requiredParsed("id", Identifier::id);
    declared.endPoint(fields, id);
    String name = fields.parsed("name", Identifier::name).orElse("");
    Optional<EndPoint.Kind> kind = kind(fields);
    String extras = KEPT.from(fields);
    fields.rejectUnknown();
    return problems.count() == before
        ? id.flatMap(good -> kind.map(at -> new EndPoint(good, name, at, extras)))
        : Optional.empty();
  }

  /** The object of a type has the type's name as its key. */
  private static Optional<EndPoint.Kind> kind(JsonFields fields) {
    String type = fields.requiredParsed("type", EndPointReader::type).orElse("");
    if (type.equals(INTERFACE)) {
      return Optional.of(atInterface(fields.requiredObject(INTERFACE)));
    }
    // whatever the element says of a type that was refused is no further problem
    fields.keys().stream().filter(EndPointReader::isType).forEach(fields::has);
    return Optional.empty();
  }

  private static boolean isType(String text) {
    return text.equals(INTERFACE) || NotCarried.END_POINT_TYPES.contains(text);
  }

  private static EndPoint.Kind atInterface(JsonFields fields) {
    String name = fields.requiredParsed("if-name", EndPointReader::interfaceName).orElse("");
    String nodeId = fields.parsed("node-id", Identifier::name).orElse("");
    fields.rejectUnknown();
    return new EndPoint.Kind.Interface(name, nodeId);
  }

  private static String type(String text) {
    if (NotCarried.END_POINT_TYPES.contains(text)) {
      throw NotCarried.problem("end-point type", text).asException();
    }
    if (!text.equals(INTERFACE)) {
      throw Invalid.because(
          JsonText.quoted(text) + " is no type of end-point", "use the type interface");
    }
    return text;
  }

  private static String interfaceName(String text) {
    if (text.isEmpty()) {
      throw Invalid.because("the name of the interface is empty", "write one, like eth0");
    }
    return Identifier.name(text);
  }
}
