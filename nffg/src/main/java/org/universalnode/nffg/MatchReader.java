package org.universalnode.nffg;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.ProblemException;

/** Reads the {@code match} of a rule. */
final class MatchReader {
  private static final String TIMEOUT = "hard_timeout";
  private static final KeptKeys KEPT = new KeptKeys(List.of(TIMEOUT), List.of(), List.of());

  private static final List<String> VOCABULARY =
      Stream.concat(MatchKey.FIELDS.keySet().stream(), MatchKey.MASKS.keySet().stream()).toList();

  private final Declarations declared;
  private final Problems problems;

  MatchReader(Declarations declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
  }

  /** Empty if it has problems, which are told; {@code rule} names the rule in messages. */
  Optional<Match> read(JsonFields fields, String rule) {
    int before = problems.count();
    Optional<PortRef> portIn =
        fields.requiredParsed(
            "port_in", text -> declared.check(PortRef.parse(text), rule + " takes from"));
    int beforeFields = problems.count();
    Reading reading = new Reading(fields);
    fields.keys().forEach(reading::field);
    reading.implySctp();
    fields.keys().forEach(reading::mask);
    if (problems.count() == beforeFields) {
      reading.checkPrerequisites();
    }
    String extras = KEPT.from(fields);
    if (fields.has(TIMEOUT)) {
      fields.warning(TIMEOUT, "it has no effect: rules stay until the graph changes", "remove it");
    }
    fields.rejectUnknown(VOCABULARY);
    return problems.count() == before
        ? portIn.map(port -> new Match(port, reading.matched(), extras))
        : Optional.empty();
  }

  /** A field, and what the document wants of it. */
  private record Said(HeaderField field, FieldMatch match) {
    static Said of(String text, List<HeaderField> fields) {
      HeaderField field = text.indexOf(':') < 0 ? fields.getFirst() : fields.getLast();
      FieldMatch match = field.parse(text);
      if (text.indexOf('/') >= 0 && MatchKey.of(field).mask().isEmpty()) {
        throw Invalid.because("this address can't have a prefix length", "leave it out");
      }
      return new Said(field, match);
    }
  }

  /** One match object, and what it said so far. */
  private static final class Reading {
    private final JsonFields fields;
    private final Map<HeaderField, FieldMatch> found = new EnumMap<>(HeaderField.class);
    private final Map<HeaderField, String> written = new EnumMap<>(HeaderField.class);

    Reading(JsonFields fields) {
      this.fields = fields;
    }

    MatchFields matched() {
      return found.isEmpty() ? MatchFields.ANY : new MatchFields(found);
    }

    void field(String name) {
      List<HeaderField> fieldsOfName = MatchKey.FIELDS.getOrDefault(name, List.of());
      if (fieldsOfName.isEmpty()) {
        return;
      }
      fields.parsed(name, text -> Said.of(text, fieldsOfName)).ifPresent(said -> put(name, said));
    }

    private void put(String name, Said said) {
      String other = written.putIfAbsent(said.field, name);
      if (other != null) {
        fields.problem(name, "it means the same as " + other, "remove one of the two");
      }
      found.put(said.field, said.match);
    }

    /** After all fields, because the protocol may be said too, in front or behind. */
    void implySctp() {
      List.copyOf(written.values()).stream()
          .filter(MatchKey.SCTP_PORTS::containsKey)
          .forEach(this::implySctp);
    }

    private void implySctp(String name) {
      FieldMatch sctp = HeaderField.PROTOCOL.exact(IpProtocol.SCTP);
      written.putIfAbsent(HeaderField.PROTOCOL, name);
      FieldMatch said = found.putIfAbsent(HeaderField.PROTOCOL, sctp);
      if (said != null && !said.equals(sctp)) {
        fields.problem(
            name, "the protocol of this match is not SCTP", "use source_port, dest_port");
      }
    }

    void mask(String name) {
      MatchKey key = MatchKey.MASKS.get(name);
      if (key == null) {
        return;
      }
      Optional<Bits> mask = fields.parsed(name, key.field().notation()::parseMask);
      String address = written.get(key.field());
      if (address == null) {
        withoutAddress(key);
      } else if (fields.string(address).contains("/")) {
        fields.problem(name, "a prefix length and a mask are given", "leave one of them out");
      } else {
        mask.ifPresent(
            bits ->
                found.computeIfPresent(
                    key.field(), (field, match) -> new FieldMatch(match.value(), bits)));
      }
    }

    /** If an address was written wrongly, that was told. */
    private void withoutAddress(MatchKey key) {
      if (key.spellings().stream().allMatch(n -> !fields.has(n) || written.containsValue(n))) {
        fields.problem(key.mask(), "a mask is given, and no address for it", "add " + key.name());
      }
    }

    void checkPrerequisites() {
      try {
        Prerequisites.of(matched(), field -> fields.pointer(spelling(field)));
      } catch (ProblemException e) {
        e.problems().forEach(fields::problem);
      }
    }

    /** The key that was written, which may not be the canonical one. */
    private String spelling(HeaderField field) {
      return written.getOrDefault(field, MatchKey.of(field).name());
    }
  }
}
