package org.universalnode.switching.reference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/** The words of a packet's text: first some in a fixed order, then options with values. */
final class PacketWords {
  static final String VLAN = "vlan";
  static final String PRIORITY = "priority";
  static final String SOURCE_MAC = "src-mac";
  static final String DEST_MAC = "dst-mac";
  static final String DSCP = "dscp";
  static final String TYPE = "type";
  static final String CODE = "code";
  static final String PROTOCOL = "protocol";
  private static final Set<String> OF_ALL = Set.of(VLAN, PRIORITY, SOURCE_MAC, DEST_MAC);

  private final Deque<String> words;
  private final String example;
  private final Map<String, String> options = new HashMap<>();

  /** {@code example} is a whole packet of that kind, for messages. */
  PacketWords(List<String> words, String example) {
    this.words = new ArrayDeque<>(words);
    this.example = example;
  }

  String next() {
    if (words.isEmpty()) {
      throw wrong("the packet ends too early");
    }
    return words.remove();
  }

  void expect(String word) {
    String found = next();
    if (!found.equals(word)) {
      throw wrong("there is " + JsonText.quoted(found) + " where " + word + " should be");
    }
  }

  /** Reads what is left: options that all packets may have, and some more. */
  void readOptions(String... more) {
    Set<String> known = new TreeSet<>(OF_ALL);
    known.addAll(List.of(more));
    while (!words.isEmpty()) {
      String option = words.remove();
      if (!known.contains(option)) {
        throw problem(
            "this packet has no option " + JsonText.quoted(option),
            "use " + String.join(", ", known));
      }
      if (words.isEmpty()) {
        throw problem(
            "the option " + option + " has no value", "write its value after it, or leave it out");
      }
      if (options.put(option, words.remove()) != null) {
        throw problem("the option " + option + " is there twice", "leave one out");
      }
    }
  }

  /** The value of an option, as this field has it. */
  int number(String option, HeaderField field, int otherwise) {
    String text = options.get(option);
    return text == null ? otherwise : (int) parsed(option, field, text).value().low();
  }

  /** Priority and VLAN of a tag, if it has one. */
  Optional<Integer> tag() {
    String text = options.get(VLAN);
    if (text == null && options.containsKey(PRIORITY)) {
      throw problem("a priority needs a VLAN, which this packet has not", "write vlan 25, too");
    }
    int priority = number(PRIORITY, HeaderField.VLAN_PRIORITY, 0);
    return Optional.ofNullable(text).map(vlan -> priority << 13 | vlan(vlan));
  }

  MacAddress mac(String option, String otherwise) {
    return MacAddress.parse(options.getOrDefault(option, otherwise));
  }

  ProblemException wrong(String detail) {
    return problem(detail, "write it like " + example);
  }

  private static int vlan(String text) {
    FieldMatch match = parsed(VLAN, HeaderField.VLAN, text);
    if (match.equals(FieldMatch.TAGGED) || match.equals(FieldMatch.UNTAGGED)) {
      throw problem("the packet's VLAN is " + text, "write a number from 1 to 4094");
    }
    return (int) match.value().low() & 0x0fff;
  }

  static ProblemException problem(String detail, String nextStep) {
    return Problem.of(Code.INVALID_DOCUMENT, detail).next(nextStep).asException();
  }

  private static FieldMatch parsed(String option, HeaderField field, String text) {
    try {
      return field.parse(text);
    } catch (ProblemException e) {
      throw new ProblemException(List.of(e.first().during(option)), e);
    }
  }
}
