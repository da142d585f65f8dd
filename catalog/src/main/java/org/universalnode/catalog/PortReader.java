package org.universalnode.catalog;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Reads {@code ports} of a template. */
final class PortReader {
  private static final int MOST = 64;
  private static final Set<String> ADDRESSING = Set.of("none", "dhcp", "static");
  private static final Set<String> TECHNOLOGIES = Set.of("vhost", "usvhost", "ivshmem");

  private PortReader() {}

  /** What could be read; what is wrong goes to the problems. */
  static List<PortRange> read(JsonFields template) {
    List<JsonFields> items = template.requiredObjects("ports");
    if (template.has("ports") && (items.isEmpty() || items.size() > MOST)) {
      template.problem("ports", items.size() + " ranges of ports", "give 1 to " + MOST);
    }
    List<PortRange> ranges = new ArrayList<>();
    for (JsonFields item : items.subList(0, Math.min(items.size(), MOST))) {
      range(item).filter(range -> fits(range, ranges, item)).ifPresent(ranges::add);
    }
    return ranges;
  }

  private static Optional<PortRange> range(JsonFields item) {
    Optional<String> label = item.requiredParsed("label", text -> new PortLabel(text, 0).label());
    int min = min(item);
    String name = item.requiredParsed("name", PrintableText::name).orElse("");
    Optional<PortRange> range =
        item.requiredParsed(
            "position", position -> PortRange.parse(position, label.orElse(""), min, name));
    item.parsed("ipv4-config", text -> oneOf(ADDRESSING, text));
    item.parsed("ipv6-config", text -> oneOf(ADDRESSING, text));
    item.parsed("technology", text -> oneOf(TECHNOLOGIES, text));
    item.rejectUnknown();
    return label.isPresent() ? range : Optional.empty();
  }

  /** The published schema wants a string of digits here; a number says it as well. */
  private static int min(JsonFields item) {
    boolean written = item.element("min").filter(PortReader::isNumber).isPresent();
    return written
        ? item.integer("min", 0, PortRange.HIGHEST).orElse(0)
        : item.requiredParsed("min", PortReader::digits).orElse(0);
  }

  private static boolean isNumber(JsonElement element) {
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
  }

  private static int digits(String text) {
    if (!text.matches("[0-9]{1,5}")) {
      throw Problem.of(Code.INVALID_DOCUMENT, JsonText.quoted(text) + " is no count of ports")
          .next("write a whole number such as \"1\"")
          .asException();
    }
    return Integer.parseInt(text);
  }

  private static String oneOf(Set<String> allowed, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!allowed.contains(lower)) {
      throw Problem.of(Code.INVALID_DOCUMENT, JsonText.quoted(text) + " is unknown here")
          .next("use one of " + String.join(", ", allowed.stream().sorted().toList()))
          .asException();
    }
    return lower;
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
      if (other.overlaps(range)) {
        String both = other.position() + " of " + JsonText.quoted(other.label());
        item.problem("position", range.position() + " overlaps " + both, "move one of them");
        return false;
      }
    }
    return true;
  }
}
