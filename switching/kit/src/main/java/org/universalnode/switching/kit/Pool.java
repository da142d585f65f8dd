package org.universalnode.switching.kit;

import java.util.Arrays;
import java.util.List;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpProtocol;

/** The few values that are drawn again and again, so that frames and rules meet. */
final class Pool {
  private static final List<Bits> MACS =
      few(0x020000000001L, 0x020000000002L, 0x02fedcba9876L, 0x01005e000001L, 0xffffffffffffL);
  private static final List<Bits> IPV4 = few(0x0a000001, 0x0a000002, 0x0a0001ff, 0xc0a80001L, 0);
  private static final List<Bits> IPV6 =
      List.of(
          new Bits(0x20010db800000000L, 1),
          new Bits(0x20010db800000000L, 2),
          new Bits(0x20010db8000100ffL, 0x0123456789abcdefL),
          new Bits(0xfe80000000000000L, 0x5054ff_fe000001L),
          new Bits(0xff02000000000000L, 1));
  private static final List<Bits> PORTS = few(0, 53, 80, 443, 49152, 65535);
  private static final List<Bits> VLANS =
      List.of(tagged(1), tagged(25), tagged(100), tagged(4094), tagged(0));
  private static final List<Bits> PROTOCOLS =
      few(IpProtocol.TCP, IpProtocol.UDP, IpProtocol.ICMP, IpProtocol.ICMPV6, IpProtocol.SCTP, 89);

  private final Draw draw;

  Pool(Draw draw) {
    this.draw = draw;
  }

  /** A value of a field, mostly one of few. */
  Bits value(HeaderField field) {
    List<Bits> few = usual(field);
    return few.isEmpty() || draw.onceIn(12) ? random(field) : draw.any(few);
  }

  long number(HeaderField field) {
    return value(field).low();
  }

  private Bits random(HeaderField field) {
    Bits value = draw.bits(field.width());
    return field == HeaderField.VLAN ? tagged(value.low() & 0x0fff) : value;
  }

  private static List<Bits> usual(HeaderField field) {
    return switch (field) {
      case SOURCE_MAC, DEST_MAC, ARP_SOURCE_MAC, ARP_TARGET_MAC, ND_SOURCE_MAC, ND_TARGET_MAC ->
          MACS;
      case IPV4_SOURCE, IPV4_DEST, ARP_SOURCE_IP, ARP_TARGET_IP -> IPV4;
      case IPV6_SOURCE, IPV6_DEST, ND_TARGET -> IPV6;
      case SOURCE_PORT, DEST_PORT -> PORTS;
      case VLAN -> VLANS;
      case PROTOCOL -> PROTOCOLS;
      case ETHER_TYPE -> few(0x0800, 0x86dd, 0x0806, 0x8847, 0x88cc);
      case VLAN_PRIORITY, MPLS_TRAFFIC_CLASS -> few(0, 5);
      case IP_DSCP -> few(0, 46, 63);
      case IP_ECN -> few(0, 3);
      case ICMPV4_TYPE -> few(0, 8, 3);
      case ICMPV6_TYPE -> few(128, 135, 136, 135, 136);
      case ICMPV4_CODE, ICMPV6_CODE -> few(0, 0, 1);
      case ARP_OPCODE -> few(1, 2);
      case IPV6_FLOW_LABEL, MPLS_LABEL -> few(0, 7, 0xfffff);
    };
  }

  private static List<Bits> few(long... values) {
    return Arrays.stream(values).mapToObj(Bits::of).toList();
  }

  private static Bits tagged(long vlan) {
    return Bits.of(HeaderField.VLAN_PRESENT | vlan);
  }
}
