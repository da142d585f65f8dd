package org.universalnode.nffg;

import java.util.List;
import java.util.Optional;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;
import org.universalnode.nffg.json.Spelling;

/** Reads one element of {@code end-points}. */
final class EndPointReader {
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

  /** The object of a type has the type's name as its key, and tells the type too. */
  private static Optional<EndPoint.Kind> kind(JsonFields fields) {
    List<String> described = EndPointType.WORDS.stream().filter(fields::has).toList();
    Optional<EndPointType> type = fields.parsed("type", EndPointReader::type);
    if (type.isEmpty() && fields.has("type")) {
      return Optional.empty(); // that was told, and what the objects say is no further problem
    }
    if (type.isEmpty() && described.isEmpty()) {
      fields.warning("type", "the end-point is attached to nothing yet", "add a type");
      return Optional.of(new EndPoint.Kind.Unbound());
    }
    String word = type.map(EndPointType::toString).orElseGet(described::getFirst);
    described.stream()
        .filter(other -> !other.equals(word))
        .forEach(other -> fields.problem(other, "the end-point is of type " + word, "remove it"));
    JsonFields object = fields.requiredObject(word);
    Optional<EndPoint.Kind> kind =
        EndPointType.of(word).flatMap(known -> KindReader.read(known, object));
    object.rejectUnknown();
    return kind;
  }

  private static EndPointType type(String text) {
    return EndPointType.of(text)
        .orElseThrow(
            () ->
                Invalid.because(
                    JsonText.quoted(text) + " is no type of end-point",
                    Spelling.hint(text, EndPointType.WORDS)));
  }
}
