package org.universalnode.switching.openvswitch.openflow;

import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.match.MatchField;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;
import org.projectfloodlight.openflow.types.ArpOpcode;
import org.projectfloodlight.openflow.types.EthType;
import org.projectfloodlight.openflow.types.ICMPv4Code;
import org.projectfloodlight.openflow.types.ICMPv4Type;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.IPv6Address;
import org.projectfloodlight.openflow.types.IPv6FlowLabel;
import org.projectfloodlight.openflow.types.IpDscp;
import org.projectfloodlight.openflow.types.IpEcn;
import org.projectfloodlight.openflow.types.IpProtocol;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFMetadata;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.OFValueType;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.TransportPort;
import org.projectfloodlight.openflow.types.U32;
import org.projectfloodlight.openflow.types.U64;
import org.projectfloodlight.openflow.types.U8;
import org.projectfloodlight.openflow.types.VlanPcp;
import org.universalnode.nffg.Bits;

/** Our match fields in the types of openflowj. */
final class OpenflowjFields {
  private final OFFactory factory;

  OpenflowjFields(OFFactory factory) {
    this.factory = factory;
  }

  OFOxm<?> of(OxmTlv.Field field) {
    return switch (field.oxm()) {
      case IN_PORT -> oxm(field, MatchField.IN_PORT, bits -> OFPort.of((int) bits.low()));
      case METADATA -> oxm(field, MatchField.METADATA, bits -> OFMetadata.ofRaw(bits.low()));
      case ETH_DST -> mac(field, MatchField.ETH_DST);
      case ETH_SRC -> mac(field, MatchField.ETH_SRC);
      case ETH_TYPE -> oxm(field, MatchField.ETH_TYPE, bits -> EthType.of((int) bits.low()));
      case VLAN_VID ->
          oxm(field, MatchField.VLAN_VID, bits -> OFVlanVidMatch.ofRawVid((short) bits.low()));
      case VLAN_PCP -> oxm(field, MatchField.VLAN_PCP, bits -> VlanPcp.of((byte) bits.low()));
      case IP_DSCP -> oxm(field, MatchField.IP_DSCP, bits -> IpDscp.of((byte) bits.low()));
      case IP_ECN -> oxm(field, MatchField.IP_ECN, bits -> IpEcn.of((byte) bits.low()));
      case IP_PROTO -> oxm(field, MatchField.IP_PROTO, bits -> IpProtocol.of((short) bits.low()));
      case IPV4_SRC -> ipv4(field, MatchField.IPV4_SRC);
      case IPV4_DST -> ipv4(field, MatchField.IPV4_DST);
      case TCP_SRC -> port(field, MatchField.TCP_SRC);
      case TCP_DST -> port(field, MatchField.TCP_DST);
      case UDP_SRC -> port(field, MatchField.UDP_SRC);
      case UDP_DST -> port(field, MatchField.UDP_DST);
      case SCTP_SRC -> port(field, MatchField.SCTP_SRC);
      case SCTP_DST -> port(field, MatchField.SCTP_DST);
      case ICMPV4_TYPE ->
          oxm(field, MatchField.ICMPV4_TYPE, bits -> ICMPv4Type.of((short) bits.low()));
      case ICMPV4_CODE ->
          oxm(field, MatchField.ICMPV4_CODE, bits -> ICMPv4Code.of((short) bits.low()));
      case ARP_OP -> oxm(field, MatchField.ARP_OP, bits -> ArpOpcode.of((int) bits.low()));
      case ARP_SPA -> ipv4(field, MatchField.ARP_SPA);
      case ARP_TPA -> ipv4(field, MatchField.ARP_TPA);
      case ARP_SHA -> mac(field, MatchField.ARP_SHA);
      case ARP_THA -> mac(field, MatchField.ARP_THA);
      case IPV6_SRC -> ipv6(field, MatchField.IPV6_SRC);
      case IPV6_DST -> ipv6(field, MatchField.IPV6_DST);
      case IPV6_FLABEL ->
          oxm(field, MatchField.IPV6_FLABEL, bits -> IPv6FlowLabel.of((int) bits.low()));
      case ICMPV6_TYPE -> oxm(field, MatchField.ICMPV6_TYPE, bits -> U8.of((short) bits.low()));
      case ICMPV6_CODE -> oxm(field, MatchField.ICMPV6_CODE, bits -> U8.of((short) bits.low()));
      case IPV6_ND_TARGET -> ipv6(field, MatchField.IPV6_ND_TARGET);
      case IPV6_ND_SLL -> mac(field, MatchField.IPV6_ND_SLL);
      case IPV6_ND_TLL -> mac(field, MatchField.IPV6_ND_TLL);
      case MPLS_LABEL -> oxm(field, MatchField.MPLS_LABEL, bits -> U32.of(bits.low()));
      case MPLS_TC -> oxm(field, MatchField.MPLS_TC, bits -> U8.of((short) bits.low()));
      case TUNNEL_ID -> oxm(field, MatchField.TUNNEL_ID, bits -> U64.of(bits.low()));
      case REG0,
          REG1,
          REG2,
          REG3,
          REG4,
          REG5,
          REG6,
          REG7,
          NXM_IN_PORT,
          NXM_ETH_DST,
          NXM_ETH_SRC,
          NXM_VLAN_TCI,
          NXM_TUN_ID,
          IP_FRAG,
          PKT_MARK ->
          throw new IllegalArgumentException(field + " is not in the standard");
    };
  }

  /** What makes a value of openflowj. */
  private interface Value<T> {
    T of(Bits bits);
  }

  private OFOxm<?> mac(OxmTlv.Field field, MatchField<MacAddress> theirs) {
    return oxm(field, theirs, bits -> MacAddress.of(bits.low()));
  }

  private OFOxm<?> ipv4(OxmTlv.Field field, MatchField<IPv4Address> theirs) {
    return oxm(field, theirs, bits -> IPv4Address.of((int) bits.low()));
  }

  private OFOxm<?> ipv6(OxmTlv.Field field, MatchField<IPv6Address> theirs) {
    return oxm(field, theirs, bits -> IPv6Address.of(bits.high(), bits.low()));
  }

  private OFOxm<?> port(OxmTlv.Field field, MatchField<TransportPort> theirs) {
    return oxm(field, theirs, bits -> TransportPort.of((int) bits.low()));
  }

  private <T extends OFValueType<T>> OFOxm<?> oxm(
      OxmTlv.Field field, MatchField<T> theirs, Value<T> value) {
    T bits = value.of(field.value());
    return field.isExact()
        ? factory.oxms().fromValue(bits, theirs)
        : factory.oxms().fromValueAndMask(bits, value.of(field.mask()), theirs);
  }
}
