package org.universalnode.nffg;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.universalnode.problem.ProblemException;

/**
 * What a frame looks like, wherever it comes from; a field that is not in it may be anything.
 *
 * @param fields in the order of {@link HeaderField}
 */
public record MatchFields(Map<HeaderField, FieldMatch> fields) {

  /** Every frame. */
  public static final MatchFields ANY = new MatchFields(Map.of());

  public MatchFields {
    for (Map.Entry<HeaderField, FieldMatch> entry : fields.entrySet()) {
      if (!entry.getKey().mask().contains(entry.getValue().mask())) {
        throw new IllegalArgumentException(entry + " is wider than the field");
      }
    }
    Map<HeaderField, FieldMatch> sorted = new EnumMap<>(HeaderField.class);
    sorted.putAll(fields);
    fields = Collections.unmodifiableMap(sorted);
  }

  public Optional<FieldMatch> get(HeaderField field) {
    return Optional.ofNullable(fields.get(field));
  }

  public boolean has(HeaderField field) {
    return fields.containsKey(field);
  }

  /** The same, with that field asked for too, or otherwise than before. */
  public MatchFields with(HeaderField field, FieldMatch match) {
    Map<HeaderField, FieldMatch> more = new EnumMap<>(HeaderField.class);
    more.putAll(fields);
    more.put(field, match);
    return new MatchFields(more);
  }

  /** The same, with that field asked for too, as the formalism writes it. */
  public MatchFields with(HeaderField field, String text) {
    return with(field, field.parse(text));
  }

  /**
   * The same frames, with the fields that these imply said too, as OpenFlow wants it: an IPv4
   * address implies Ethernet type 0x0800; a protocol implies it too, unless something else says
   * IPv6; and so on.
   *
   * @throws ProblemException if fields contradict one another, or need one that can't be guessed;
   *     the pointers start at the match
   */
  public MatchFields withPrerequisites() {
    return Prerequisites.of(this);
  }

  /** Whether every frame that {@code other} is about has these fields too. */
  public boolean covers(MatchFields other) {
    return fields.entrySet().stream()
        .allMatch(
            mine ->
                other.get(mine.getKey()).filter(its -> mine.getValue().covers(its)).isPresent());
  }

  /** Whether some value of every field matches both; whether such a frame exists is not asked. */
  public boolean overlaps(MatchFields other) {
    return fields.entrySet().stream()
        .allMatch(
            mine ->
                other.get(mine.getKey()).filter(its -> !mine.getValue().overlaps(its)).isEmpty());
  }
}
