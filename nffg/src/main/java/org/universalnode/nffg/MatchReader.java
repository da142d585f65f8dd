package org.universalnode.nffg;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.ProblemException;

/** Reads the {@code match} of a rule. */
final class MatchReader {
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
    MatchFields matched = matchFields(fields);
    if (problems.count() == beforeFields) {
      checkPrerequisites(matched, fields);
    }
    NotCarried.refuse(fields, NotCarried.MATCH_KEYS, "match key");
    fields.rejectUnknown();
    return problems.count() == before
        ? portIn.map(port -> new Match(port, matched))
        : Optional.empty();
  }

  private static MatchFields matchFields(JsonFields fields) {
    Reading reading = new Reading(fields, MatchFields.ANY);
    return reading
        .field("ether_type", EtherType::parse, MatchFields::withEtherType)
        .field("vlan_id", VlanMatch::parse, MatchFields::withVlan)
        .field("source_mac", MacAddress::parse, MatchFields::withSourceMac)
        .field("dest_mac", MacAddress::parse, MatchFields::withDestMac)
        .with(address(fields, "source_ip", "ipv4_src_mask"), MatchFields::withSourceIp)
        .with(address(fields, "dest_ip", "ipv4_dst_mask"), MatchFields::withDestIp)
        .field("protocol", IpProtocol::parse, MatchFields::withProtocol)
        .field("source_port", MatchReader::port, MatchFields::withSourcePort)
        .field("dest_port", MatchReader::port, MatchFields::withDestPort)
        .matched;
  }

  /** The fields read so far. */
  private record Reading(JsonFields fields, MatchFields matched) {

    <T> Reading field(
        String key, Function<String, T> parse, BiFunction<MatchFields, T, MatchFields> set) {
      return with(fields.parsed(key, parse), set);
    }

    <T> Reading with(Optional<T> value, BiFunction<MatchFields, T, MatchFields> set) {
      return value.map(present -> new Reading(fields, set.apply(matched, present))).orElse(this);
    }
  }

  private static int port(String text) {
    return FieldNumber.parse(text, 0, 65535);
  }

  /** An address alone, with a length after a slash, or with its mask under a key of its own. */
  private static Optional<Ipv4Prefix> address(JsonFields fields, String key, String maskKey) {
    if (!fields.has(maskKey)) {
      return fields.parsed(key, MatchReader::prefix);
    }
    if (!fields.has(key)) {
      fields.problem(maskKey, "a mask is given, and no address", "add " + key);
    }
    Optional<Ipv4Address> address = fields.parsed(key, MatchReader::maskedAddress);
    return fields
        .parsed(maskKey, text -> masked(address.orElse(new Ipv4Address(0)), text))
        .filter(block -> address.isPresent());
  }

  private static Ipv4Prefix masked(Ipv4Address address, String mask) {
    return Ipv4Prefix.of(address, Ipv4Address.parse(mask));
  }

  private static Ipv4Prefix prefix(String text) {
    return Ipv4Prefix.parse(notIpv6(text));
  }

  private static Ipv4Address maskedAddress(String text) {
    if (text.indexOf('/') >= 0) {
      throw Invalid.because("a prefix length and a mask are given", "leave one of them out");
    }
    return Ipv4Address.parse(notIpv6(text));
  }

  private static String notIpv6(String text) {
    if (text.indexOf(':') >= 0) {
      throw NotCarried.problem("IPv6 address", text).asException();
    }
    return text;
  }

  private void checkPrerequisites(MatchFields matched, JsonFields fields) {
    try {
      matched.withPrerequisites();
    } catch (ProblemException e) {
      e.problems().forEach(p -> problems.add(p.at(fields.pointer() + p.pointer())));
    }
  }
}
