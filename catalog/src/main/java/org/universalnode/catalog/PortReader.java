package org.universalnode.catalog;

import com.google.gson.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonText;

/** Reads {@code ports} of a template. */
final class PortReader {
  private static final int MOST = 64;

  private PortReader() {}

  /** What could be read; what is wrong goes to the problems. */
  static List<PortRange> read(JsonFields template) {
    List<PortRange> ranges = new ArrayList<>();
    refuseEmpty(template, "ports", MOST);
    for (JsonFields item : template.objects("ports", MOST)) {
      range(item).filter(range -> fits(range, ranges, item)).ifPresent(ranges::add);
    }
    return ranges;
  }

  /** Tells a problem if an array is there and holds nothing. */
  static void refuseEmpty(JsonFields fields, String key, int most) {
    if (fields.element(key).filter(new JsonArray()::equals).isPresent()) {
      fields.problem(key, JsonText.quoted(key) + " has no items", "write 1 to " + most);
    }
  }

  private static Optional<PortRange> range(JsonFields item) {
    Optional<String> label = item.requiredParsed("label", text -> new PortLabel(text, 0).label());
    // The published schema wants a string of digits here; a number says it as well.
    int min = OlderForm.requiredInteger(item, "min", 0, Positions.HIGHEST);
    String name = item.requiredParsed("name", PrintableText::name).orElse("");
    Optional<Positions> positions = item.requiredParsed("position", Positions::parse);
    Optional<Addressing> ipv4 = item.parsed("ipv4-config", Addressing::parse);
    Optional<Addressing> ipv6 = item.parsed("ipv6-config", Addressing::parse);
    Optional<PortTechnology> technology = item.parsed("technology", PortTechnology.WORDS::parse);
    item.rejectUnknown();
    return label.flatMap(
        text ->
            positions.map(range -> new PortRange(text, range, min, name, ipv4, ipv6, technology)));
  }

  private static boolean fits(PortRange range, List<PortRange> before, JsonFields item) {
    if (range.min() > range.capacity()) {
      item.problem(
          "min",
          "min asks for %d ports, and %s has %d"
              .formatted(range.min(), range.position(), range.capacity()),
          "lower min or widen position");
      return false;
    }
    for (PortRange other : before) {
      if (other.label().equals(range.label())) {
        String label = JsonText.quoted(range.label());
        item.problem("label", "a second range is labelled " + label, "use another label");
        return false;
      }
      if (other.positions().overlap(range.positions())) {
        String both = other.position() + " of " + JsonText.quoted(other.label());
        item.problem("position", range.position() + " overlaps " + both, "move one of them");
        return false;
      }
    }
    return true;
  }
}
