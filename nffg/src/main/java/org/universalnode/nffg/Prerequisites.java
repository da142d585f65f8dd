package org.universalnode.nffg;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** OpenFlow 1.3.5 section 7.2.3.8: which match fields need which others. */
final class Prerequisites {
  private static final List<Need> NO_NEEDS = List.of();
  private static final List<Need> OF_IPV4 = List.of(etherType(EtherType.IPV4));
  private static final List<Need> OF_IPV6 = List.of(etherType(EtherType.IPV6));
  private static final List<Need> OF_IP = List.of(etherType(EtherType.IPV4, EtherType.IPV6));
  private static final List<Need> OF_ARP = List.of(etherType(EtherType.ARP));
  private static final List<Need> OF_MPLS =
      List.of(etherType(EtherType.MPLS, EtherType.MPLS_MULTICAST));
  private static final List<Need> OF_PORTS =
      List.of(protocol(IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP));
  private static final List<Need> OF_ICMPV4 =
      List.of(protocol(IpProtocol.ICMP), etherType(EtherType.IPV4));
  private static final List<Need> OF_ICMPV6 =
      List.of(protocol(IpProtocol.ICMPV6), etherType(EtherType.IPV6));
  private static final int SOLICITATION = 135;
  private static final int ADVERTISEMENT = 136;

  private final Map<HeaderField, FieldMatch> fields = new EnumMap<>(HeaderField.class);

  /** For every implied field the one that the match says and that implies it. */
  private final Map<HeaderField, HeaderField> origins = new EnumMap<>(HeaderField.class);

  private final Problems problems = new Problems();

  /** The field must have one of these values; if there is one only, it is implied. */
  private record Need(HeaderField field, List<Integer> values) {
    boolean met(FieldMatch match) {
      return values.stream().anyMatch(value -> match.equals(field.exact(value)));
    }

    @Override
    public String toString() {
      return MatchKey.of(field).name()
          + " "
          + values.stream()
              .map(value -> field.format(field.exact(value)))
              .collect(Collectors.joining(" or "));
    }
  }

  private final Function<HeaderField, String> pointers;

  private Prerequisites(MatchFields match, Function<HeaderField, String> pointers) {
    fields.putAll(match.fields());
    this.pointers = pointers;
  }

  /** The fields with all they imply. */
  static MatchFields of(MatchFields match) {
    return of(match, field -> "/" + MatchKey.of(field).name());
  }

  /** The fields with all they imply; {@code pointers} are the places of those in the match. */
  static MatchFields of(MatchFields match, Function<HeaderField, String> pointers) {
    return match.fields().isEmpty() ? match : new Prerequisites(match, pointers).complete();
  }

  /** Whether no frame that matches, which says all its prerequisites, has this field. */
  static boolean contradict(MatchFields match, HeaderField field) {
    return needs(field).stream()
        .anyMatch(
            need ->
                match
                    .get(need.field())
                    .map(said -> !need.met(said))
                    .orElseGet(() -> contradict(match, need.field())));
  }

  private MatchFields complete() {
    implyWhatIsCertain();
    implyWhatIsUsual();
    fields.keySet().forEach(field -> needs(field).forEach(need -> check(field, need)));
    if (FieldMatch.UNTAGGED.equals(fields.get(HeaderField.VLAN))
        && fields.containsKey(HeaderField.VLAN_PRIORITY)) {
      tell(HeaderField.VLAN_PRIORITY, "frames without a tag have no priority", "remove it");
    }
    problems.throwIfAny();
    return new MatchFields(fields);
  }

  private void implyWhatIsCertain() {
    Deque<HeaderField> rest = new ArrayDeque<>(fields.keySet());
    while (!rest.isEmpty()) {
      HeaderField field = rest.remove();
      for (Need need : needs(field)) {
        if (need.values().size() == 1 && !fields.containsKey(need.field())) {
          fields.put(need.field(), need.field().exact(need.values().getFirst()));
          origins.put(need.field(), origins.getOrDefault(field, field));
          rest.add(need.field());
        }
      }
    }
    if (fields.containsKey(HeaderField.VLAN_PRIORITY)) {
      fields.putIfAbsent(HeaderField.VLAN, FieldMatch.TAGGED);
    }
  }

  /** IPv4, if nothing says IPv6, and unicast. */
  private void implyWhatIsUsual() {
    if (needsEtherType(EtherType.MPLS)) {
      fields.putIfAbsent(HeaderField.ETHER_TYPE, HeaderField.ETHER_TYPE.exact(EtherType.MPLS));
    }
    if (needsEtherType(EtherType.IPV4)) {
      FieldMatch icmpv6 = HeaderField.PROTOCOL.exact(IpProtocol.ICMPV6);
      boolean ipv6 = icmpv6.equals(fields.get(HeaderField.PROTOCOL));
      int type = ipv6 ? EtherType.IPV6 : EtherType.IPV4;
      fields.putIfAbsent(HeaderField.ETHER_TYPE, HeaderField.ETHER_TYPE.exact(type));
    }
  }

  private boolean needsEtherType(int type) {
    return fields.keySet().stream()
        .flatMap(field -> needs(field).stream())
        .anyMatch(need -> need.field() == HeaderField.ETHER_TYPE && need.values().contains(type));
  }

  private void check(HeaderField field, Need need) {
    FieldMatch match = fields.get(need.field());
    if (match == null) {
      tell(field, "it needs " + need + ", which the match does not say", "add it");
    } else if (!need.met(match)) {
      String said = MatchKey.of(need.field()).name() + " " + need.field().format(match);
      tell(field, "it needs " + need + ", and the frames have " + said, "change one of the two");
    }
  }

  private void tell(HeaderField field, String detail, String nextStep) {
    String pointer = pointers.apply(origins.getOrDefault(field, field));
    problems.add(new Problem(Code.INVALID_DOCUMENT, pointer, detail, nextStep));
  }

  private static List<Need> needs(HeaderField field) {
    return switch (field) {
      case ETHER_TYPE, VLAN, VLAN_PRIORITY, SOURCE_MAC, DEST_MAC -> NO_NEEDS;
      case IPV4_SOURCE, IPV4_DEST -> OF_IPV4;
      case IPV6_SOURCE, IPV6_DEST, IPV6_FLOW_LABEL -> OF_IPV6;
      case IP_DSCP, IP_ECN, PROTOCOL -> OF_IP;
      case SOURCE_PORT, DEST_PORT -> OF_PORTS;
      case ICMPV4_TYPE, ICMPV4_CODE -> OF_ICMPV4;
      case ICMPV6_TYPE, ICMPV6_CODE -> OF_ICMPV6;
      case ARP_OPCODE, ARP_SOURCE_IP, ARP_TARGET_IP, ARP_SOURCE_MAC, ARP_TARGET_MAC -> OF_ARP;
      case ND_TARGET -> List.of(icmpv6(SOLICITATION, ADVERTISEMENT));
      case ND_SOURCE_MAC -> List.of(icmpv6(SOLICITATION));
      case ND_TARGET_MAC -> List.of(icmpv6(ADVERTISEMENT));
      case MPLS_LABEL, MPLS_TRAFFIC_CLASS -> OF_MPLS;
    };
  }

  private static Need etherType(Integer... types) {
    return new Need(HeaderField.ETHER_TYPE, Arrays.asList(types));
  }

  private static Need protocol(Integer... protocols) {
    return new Need(HeaderField.PROTOCOL, Arrays.asList(protocols));
  }

  private static Need icmpv6(Integer... types) {
    return new Need(HeaderField.ICMPV6_TYPE, Arrays.asList(types));
  }
}
