package org.universalnode.nffg;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Draws matches whose fields can occur in one frame, with or without what they imply. */
final class RandomMatches {
  /** What kind of frame it is about; the numbers of no type and no protocol are 0. */
  enum Shape {
    ANY(0, 0),
    OTHER(0x88cc, 0),
    ARP(EtherType.ARP, 0),
    MPLS(EtherType.MPLS, 0),
    MPLS_MULTICAST(EtherType.MPLS_MULTICAST, 0),
    IPV4(EtherType.IPV4, 0),
    IPV6(EtherType.IPV6, 0),
    GRE4(EtherType.IPV4, 47),
    TCP4(EtherType.IPV4, IpProtocol.TCP),
    UDP6(EtherType.IPV6, IpProtocol.UDP),
    SCTP4(EtherType.IPV4, IpProtocol.SCTP),
    ICMP(EtherType.IPV4, IpProtocol.ICMP),
    ICMPV6(EtherType.IPV6, IpProtocol.ICMPV6),
    SOLICITATION(EtherType.IPV6, IpProtocol.ICMPV6),
    ADVERTISEMENT(EtherType.IPV6, IpProtocol.ICMPV6);

    final int etherType;
    final int protocol;

    Shape(int etherType, int protocol) {
      this.etherType = etherType;
      this.protocol = protocol;
    }

    boolean hasPorts() {
      return IpProtocol.hasPorts(protocol);
    }
  }

  private final Draw draw;
  private final Shape shape;
  private MatchFields fields = MatchFields.ANY;

  private RandomMatches(Draw draw, Shape shape) {
    this.draw = draw;
    this.shape = shape;
  }

  static MatchFields of(Shape shape, Draw draw) {
    RandomMatches match = new RandomMatches(draw, shape);
    match.ethernet();
    match.required();
    match.optional();
    if (draw.flip()) {
      match.leaveOutWhatIsImplied();
    }
    return match.fields;
  }

  private void ethernet() {
    maybe(HeaderField.SOURCE_MAC, this::mac);
    maybe(HeaderField.DEST_MAC, this::mac);
    maybe(HeaderField.VLAN, field -> vlan());
    if (!vlanIs(FieldMatch.UNTAGGED)) {
      maybe(HeaderField.VLAN_PRIORITY, this::exact);
    }
  }

  private void required() {
    if (shape.etherType != 0) {
      put(HeaderField.ETHER_TYPE, shape.etherType);
    }
    if (shape.protocol != 0) {
      put(HeaderField.PROTOCOL, shape.protocol);
    }
    if (shape == Shape.SOLICITATION || shape == Shape.ADVERTISEMENT) {
      put(HeaderField.ICMPV6_TYPE, shape == Shape.SOLICITATION ? 135 : 136);
    }
  }

  private void optional() {
    List<HeaderField> possible =
        switch (shape) {
          case ANY, OTHER -> List.of();
          case ARP ->
              List.of(
                  HeaderField.ARP_OPCODE,
                  HeaderField.ARP_SOURCE_IP,
                  HeaderField.ARP_TARGET_IP,
                  HeaderField.ARP_SOURCE_MAC,
                  HeaderField.ARP_TARGET_MAC);
          case MPLS, MPLS_MULTICAST ->
              List.of(HeaderField.MPLS_LABEL, HeaderField.MPLS_TRAFFIC_CLASS);
          case IPV4, IPV6, GRE4 -> List.of();
          case TCP4, UDP6, SCTP4 -> List.of(HeaderField.SOURCE_PORT, HeaderField.DEST_PORT);
          case ICMP -> List.of(HeaderField.ICMPV4_TYPE, HeaderField.ICMPV4_CODE);
          case ICMPV6 -> List.of(HeaderField.ICMPV6_TYPE, HeaderField.ICMPV6_CODE);
          case SOLICITATION -> List.of(HeaderField.ND_TARGET, HeaderField.ND_SOURCE_MAC);
          case ADVERTISEMENT -> List.of(HeaderField.ND_TARGET, HeaderField.ND_TARGET_MAC);
        };
    List<HeaderField> all = new ArrayList<>(possible);
    all.addAll(ofIp());
    all.forEach(field -> maybe(field, this::value));
  }

  private List<HeaderField> ofIp() {
    return switch (shape.etherType) {
      case EtherType.IPV4 ->
          List.of(
              HeaderField.IPV4_SOURCE,
              HeaderField.IPV4_DEST,
              HeaderField.IP_DSCP,
              HeaderField.IP_ECN);
      case EtherType.IPV6 ->
          List.of(
              HeaderField.IPV6_SOURCE,
              HeaderField.IPV6_DEST,
              HeaderField.IPV6_FLOW_LABEL,
              HeaderField.IP_DSCP,
              HeaderField.IP_ECN);
      default -> List.of();
    };
  }

  private void leaveOutWhatIsImplied() {
    if (has(HeaderField.ND_SOURCE_MAC) || has(HeaderField.ND_TARGET_MAC)) {
      leaveOut(HeaderField.ICMPV6_TYPE);
    }
    boolean saysIcmp =
        List.of(
                HeaderField.ICMPV4_TYPE,
                HeaderField.ICMPV4_CODE,
                HeaderField.ICMPV6_TYPE,
                HeaderField.ICMPV6_CODE,
                HeaderField.ND_SOURCE_MAC,
                HeaderField.ND_TARGET_MAC)
            .stream()
            .anyMatch(this::has);
    if (saysIcmp) {
      leaveOut(HeaderField.PROTOCOL);
    }
    boolean saysFamily =
        List.of(
                HeaderField.IPV4_SOURCE,
                HeaderField.IPV4_DEST,
                HeaderField.IPV6_SOURCE,
                HeaderField.IPV6_DEST,
                HeaderField.ARP_OPCODE)
            .stream()
            .anyMatch(this::has);
    if (saysFamily || saysIcmp || shape == Shape.TCP4 || shape == Shape.GRE4) {
      leaveOut(HeaderField.ETHER_TYPE);
    }
    if (has(HeaderField.VLAN_PRIORITY) && vlanIs(FieldMatch.TAGGED)) {
      leaveOut(HeaderField.VLAN);
    }
  }

  private boolean has(HeaderField field) {
    return fields.has(field);
  }

  private boolean vlanIs(FieldMatch vlan) {
    return fields.get(HeaderField.VLAN).filter(vlan::equals).isPresent();
  }

  private void leaveOut(HeaderField field) {
    Map<HeaderField, FieldMatch> rest = new EnumMap<>(HeaderField.class);
    rest.putAll(fields.fields());
    rest.remove(field);
    fields = new MatchFields(rest);
  }

  private void put(HeaderField field, int value) {
    fields = fields.with(field, field.exact(value));
  }

  private void maybe(HeaderField field, Function<HeaderField, FieldMatch> value) {
    if (draw.flip() && !fields.has(field)) {
      fields = fields.with(field, value.apply(field));
    }
  }

  private FieldMatch value(HeaderField field) {
    return switch (field) {
      case IPV4_SOURCE, IPV4_DEST, ARP_SOURCE_IP, ARP_TARGET_IP -> prefixed(field, 32);
      case IPV6_SOURCE, IPV6_DEST -> prefixed(field, 128);
      default -> exact(field);
    };
  }

  private FieldMatch prefixed(HeaderField field, int width) {
    Bits mask = draw.flip() ? field.mask() : Bits.prefix(draw.upTo(width), width);
    return new FieldMatch(width == 128 ? draw.ipv6().bits() : draw.wideBits(width), mask);
  }

  private FieldMatch mac(HeaderField field) {
    Bits mask = draw.flip() ? field.mask() : draw.wideBits(48);
    return new FieldMatch(draw.wideBits(48), mask);
  }

  private FieldMatch vlan() {
    return draw.any(
        List.of(FieldMatch.TAGGED, FieldMatch.UNTAGGED, FieldMatch.vlan(1 + draw.upTo(4093))));
  }

  private FieldMatch exact(HeaderField field) {
    return field.exact(draw.wideBits(field.width()));
  }
}
