package org.universalnode.switching.kit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.EtherType;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpProtocol;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.reference.Frame;
import org.universalnode.switching.reference.Headers;

/** Draws matches of a few fields that are, or nearly are, as a frame has them. */
final class RandomMatches {
  private static final int MOST_FIELDS = 4;
  private static final Set<HeaderField> OF_ETHERNET =
      Set.of(
          HeaderField.ETHER_TYPE,
          HeaderField.VLAN,
          HeaderField.VLAN_PRIORITY,
          HeaderField.SOURCE_MAC,
          HeaderField.DEST_MAC);
  private static final Set<HeaderField> OF_IP =
      Set.of(HeaderField.PROTOCOL, HeaderField.IP_DSCP, HeaderField.IP_ECN);
  private static final Set<HeaderField> OF_TRANSPORT =
      Set.copyOf(EnumSet.range(HeaderField.SOURCE_PORT, HeaderField.ICMPV6_CODE));
  private static final Set<HeaderField> OF_DISCOVERY =
      Set.copyOf(EnumSet.range(HeaderField.ND_TARGET, HeaderField.ND_TARGET_MAC));

  private final Draw draw;
  private final Set<HeaderField> allowed;

  RandomMatches(Draw draw, Set<HeaderField> allowed) {
    this.draw = draw;
    this.allowed = allowed;
  }

  MatchFields near(Frame frame) {
    Headers headers = frame.headers();
    List<HeaderField> possible = new ArrayList<>(possible(headers));
    possible.retainAll(allowed);
    Map<HeaderField, FieldMatch> fields = new EnumMap<>(HeaderField.class);
    int count = possible.isEmpty() || draw.onceIn(15) ? 0 : 1 + draw.upTo(MOST_FIELDS - 1);
    for (int i = 0; i < count; i++) {
      HeaderField field = draw.any(possible);
      fields.put(field, near(field, headers.get(field)));
    }
    addNeeds(fields, headers);
    MatchFields match = new MatchFields(fields).withPrerequisites();
    return allowed.containsAll(match.fields().keySet()) ? match : MatchFields.ANY;
  }

  /** What frames of this kind can have, though this one may be cut before it. */
  private static Set<HeaderField> possible(Headers headers) {
    Set<HeaderField> fields = EnumSet.copyOf(OF_ETHERNET);
    if (headers.tags() == 0) {
      fields.remove(HeaderField.VLAN_PRIORITY);
    }
    switch ((int) headers.number(HeaderField.ETHER_TYPE)) {
      case EtherType.IPV4 -> {
        fields.addAll(EnumSet.of(HeaderField.IPV4_SOURCE, HeaderField.IPV4_DEST));
        fields.addAll(OF_IP);
        addTransport(fields, headers, IpProtocol.ICMP);
      }
      case EtherType.IPV6 -> {
        fields.addAll(EnumSet.of(HeaderField.IPV6_SOURCE, HeaderField.IPV6_DEST));
        fields.add(HeaderField.IPV6_FLOW_LABEL);
        fields.addAll(OF_IP);
        addTransport(fields, headers, IpProtocol.ICMPV6);
      }
      case EtherType.ARP ->
          fields.addAll(EnumSet.range(HeaderField.ARP_OPCODE, HeaderField.ARP_TARGET_MAC));
      case EtherType.MPLS, EtherType.MPLS_MULTICAST ->
          fields.addAll(EnumSet.of(HeaderField.MPLS_LABEL, HeaderField.MPLS_TRAFFIC_CLASS));
      default -> {}
    }
    return fields;
  }

  private static void addTransport(Set<HeaderField> fields, Headers headers, int icmp) {
    int protocol = (int) headers.number(HeaderField.PROTOCOL);
    if (IpProtocol.hasPorts(protocol)) {
      fields.addAll(EnumSet.of(HeaderField.SOURCE_PORT, HeaderField.DEST_PORT));
    }
    if (protocol != icmp) {
      return;
    }
    if (icmp == IpProtocol.ICMP) {
      fields.addAll(EnumSet.of(HeaderField.ICMPV4_TYPE, HeaderField.ICMPV4_CODE));
      return;
    }
    fields.addAll(EnumSet.of(HeaderField.ICMPV6_TYPE, HeaderField.ICMPV6_CODE));
    switch ((int) headers.number(HeaderField.ICMPV6_TYPE)) {
      case 135 -> fields.addAll(EnumSet.of(HeaderField.ND_TARGET, HeaderField.ND_SOURCE_MAC));
      case 136 -> fields.addAll(EnumSet.of(HeaderField.ND_TARGET, HeaderField.ND_TARGET_MAC));
      default -> {}
    }
  }

  private FieldMatch near(HeaderField field, Bits value) {
    if (field == HeaderField.VLAN && draw.onceIn(3)) {
      return value.equals(Bits.ZERO) ? FieldMatch.UNTAGGED : FieldMatch.TAGGED;
    }
    Bits wanted = draw.onceIn(8) ? missed(field, value) : value;
    return new FieldMatch(wanted, draw.onceIn(2) ? field.mask() : mask(field));
  }

  /** With one bit wrong; a VLAN stays one, if it is one. */
  private Bits missed(HeaderField field, Bits value) {
    if (field == HeaderField.VLAN && value.equals(Bits.ZERO)) {
      return Bits.of(HeaderField.VLAN_PRESENT);
    }
    int width = field == HeaderField.VLAN ? 12 : field.width();
    int bit = draw.upTo(width - 1);
    Bits one = Bits.ones(bit + 1).without(Bits.ones(bit));
    return value.contains(one) ? value.without(one) : value.or(one);
  }

  /** All bits but in addresses: of IP a prefix, of Ethernet any. */
  private Bits mask(HeaderField field) {
    return switch (field) {
      case SOURCE_MAC, DEST_MAC -> draw.bits(field.width());
      case IPV4_SOURCE, IPV4_DEST, ARP_SOURCE_IP, ARP_TARGET_IP, IPV6_SOURCE, IPV6_DEST ->
          Bits.prefix(draw.upTo(field.width()), field.width());
      default -> field.mask();
    };
  }

  /** Says what these fields need, though some of it could be guessed: not all can. */
  private static void addNeeds(Map<HeaderField, FieldMatch> fields, Headers headers) {
    if (!Collections.disjoint(fields.keySet(), OF_DISCOVERY)) {
      exactly(HeaderField.ICMPV6_TYPE, fields, headers);
    }
    if (!Collections.disjoint(fields.keySet(), OF_TRANSPORT)) {
      exactly(HeaderField.PROTOCOL, fields, headers);
    }
    if (!OF_ETHERNET.containsAll(fields.keySet())) {
      exactly(HeaderField.ETHER_TYPE, fields, headers);
    }
  }

  private static void exactly(
      HeaderField field, Map<HeaderField, FieldMatch> fields, Headers headers) {
    fields.put(field, field.exact(headers.get(field)));
  }
}
