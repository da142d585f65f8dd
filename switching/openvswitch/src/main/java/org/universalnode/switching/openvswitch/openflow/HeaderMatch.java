package org.universalnode.switching.openvswitch.openflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpProtocol;
import org.universalnode.nffg.MatchFields;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** What a service graph says about frames, in the fields of OpenFlow. */
public final class HeaderMatch {
  private static final int LAST_ARP_OPCODE = 255;
  private static final Set<HeaderField> OF_DISCOVERY =
      Set.of(HeaderField.ND_TARGET, HeaderField.ND_SOURCE_MAC, HeaderField.ND_TARGET_MAC);

  private HeaderMatch() {}

  /**
   * The flow's match for these frames, with all the fields that it needs.
   *
   * @throws ProblemException if fields contradict one another, if one is missing that can't be
   *     guessed, or if Open vSwitch has no such mask or value
   */
  public static Match of(MatchFields fields) {
    Map<HeaderField, FieldMatch> complete = fields.withPrerequisites().fields();
    checkValues(complete);
    List<OxmTlv> tlvs = new ArrayList<>();
    complete.forEach(
        (field, asked) -> {
          if (!asked.mask().equals(Bits.ZERO)) {
            tlvs.add(tlv(field, asked, complete));
          }
        });
    return new Match(tlvs);
  }

  /**
   * The fields of OpenFlow that are this one: a port is another field for each protocol, in the
   * order TCP, UDP, SCTP; everything else is one field.
   */
  public static List<Oxm> fields(HeaderField field) {
    return switch (field) {
      case ETHER_TYPE -> List.of(Oxm.ETH_TYPE);
      case VLAN -> List.of(Oxm.VLAN_VID);
      case VLAN_PRIORITY -> List.of(Oxm.VLAN_PCP);
      case SOURCE_MAC -> List.of(Oxm.ETH_SRC);
      case DEST_MAC -> List.of(Oxm.ETH_DST);
      case IPV4_SOURCE -> List.of(Oxm.IPV4_SRC);
      case IPV4_DEST -> List.of(Oxm.IPV4_DST);
      case IPV6_SOURCE -> List.of(Oxm.IPV6_SRC);
      case IPV6_DEST -> List.of(Oxm.IPV6_DST);
      case IP_DSCP -> List.of(Oxm.IP_DSCP);
      case IP_ECN -> List.of(Oxm.IP_ECN);
      case PROTOCOL -> List.of(Oxm.IP_PROTO);
      case SOURCE_PORT -> List.of(Oxm.TCP_SRC, Oxm.UDP_SRC, Oxm.SCTP_SRC);
      case DEST_PORT -> List.of(Oxm.TCP_DST, Oxm.UDP_DST, Oxm.SCTP_DST);
      case ICMPV4_TYPE -> List.of(Oxm.ICMPV4_TYPE);
      case ICMPV4_CODE -> List.of(Oxm.ICMPV4_CODE);
      case ICMPV6_TYPE -> List.of(Oxm.ICMPV6_TYPE);
      case ICMPV6_CODE -> List.of(Oxm.ICMPV6_CODE);
      case ARP_OPCODE -> List.of(Oxm.ARP_OP);
      case ARP_SOURCE_IP -> List.of(Oxm.ARP_SPA);
      case ARP_TARGET_IP -> List.of(Oxm.ARP_TPA);
      case ARP_SOURCE_MAC -> List.of(Oxm.ARP_SHA);
      case ARP_TARGET_MAC -> List.of(Oxm.ARP_THA);
      case IPV6_FLOW_LABEL -> List.of(Oxm.IPV6_FLABEL);
      case ND_TARGET -> List.of(Oxm.IPV6_ND_TARGET);
      case ND_SOURCE_MAC -> List.of(Oxm.IPV6_ND_SLL);
      case ND_TARGET_MAC -> List.of(Oxm.IPV6_ND_TLL);
      case MPLS_LABEL -> List.of(Oxm.MPLS_LABEL);
      case MPLS_TRAFFIC_CLASS -> List.of(Oxm.MPLS_TC);
    };
  }

  private static OxmTlv tlv(
      HeaderField field, FieldMatch asked, Map<HeaderField, FieldMatch> complete) {
    List<Oxm> candidates = fields(field);
    Oxm oxm = candidates.size() == 1 ? candidates.getFirst() : ofPort(candidates, complete);
    OxmTlv.Field tlv = new OxmTlv.Field(oxm, asked.value(), asked.mask());
    if (!tlv.isExact() && !oxm.isMaskable()) {
      throw unsupported("Open vSwitch has no mask for " + field);
    }
    return tlv;
  }

  /** What OpenFlow has and Open vSwitch has not. */
  private static void checkValues(Map<HeaderField, FieldMatch> complete) {
    if (number(complete, HeaderField.ARP_OPCODE) > LAST_ARP_OPCODE) {
      throw unsupported("Open vSwitch has ARP opcodes up to " + LAST_ARP_OPCODE);
    }
    if (number(complete, HeaderField.ICMPV6_CODE) != 0
        && OF_DISCOVERY.stream().anyMatch(complete::containsKey)) {
      throw unsupported("Open vSwitch sees neighbour discovery only where the ICMPv6 code is 0");
    }
  }

  /** 0 if it may be anything. */
  private static long number(Map<HeaderField, FieldMatch> complete, HeaderField field) {
    FieldMatch asked = complete.get(field);
    return asked == null ? 0 : asked.value().low();
  }

  private static ProblemException unsupported(String detail) {
    return Problem.of(Problem.Code.UNSUPPORTED, detail)
        .next("ask for another value, or for none")
        .asException();
  }

  /** The prerequisites are there: it is one of the three. */
  private static Oxm ofPort(List<Oxm> candidates, Map<HeaderField, FieldMatch> complete) {
    FieldMatch protocol = complete.get(HeaderField.PROTOCOL);
    if (HeaderField.PROTOCOL.exact(IpProtocol.TCP).equals(protocol)) {
      return candidates.getFirst();
    }
    boolean udp = HeaderField.PROTOCOL.exact(IpProtocol.UDP).equals(protocol);
    return udp ? candidates.get(1) : candidates.getLast();
  }
}
