package org.universalnode.switching.openvswitch.openflow;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.universalnode.nffg.Bits;

/**
 * The fields that a flow matches, OpenFlow 1.3.5 section 7.2.3.7, and those of Open vSwitch. The
 * numbers of the standard are such that every field follows those that it needs.
 */
public enum Oxm {
  IN_PORT(Oxm.BASIC, 0, 32, false),
  METADATA(Oxm.BASIC, 2, 64, true),
  ETH_DST(Oxm.BASIC, 3, 48, true),
  ETH_SRC(Oxm.BASIC, 4, 48, true),
  ETH_TYPE(Oxm.BASIC, 5, 16, false),
  /** 0 without a tag, otherwise the VLAN id with 0x1000. */
  VLAN_VID(Oxm.BASIC, 6, 13, true),
  VLAN_PCP(Oxm.BASIC, 7, 3, false),
  IP_DSCP(Oxm.BASIC, 8, 6, false),
  IP_ECN(Oxm.BASIC, 9, 2, false),
  IP_PROTO(Oxm.BASIC, 10, 8, false),
  IPV4_SRC(Oxm.BASIC, 11, 32, true),
  IPV4_DST(Oxm.BASIC, 12, 32, true),
  /** Masks of ports go beyond the standard; Open vSwitch has them. */
  TCP_SRC(Oxm.BASIC, 13, 16, true),
  TCP_DST(Oxm.BASIC, 14, 16, true),
  UDP_SRC(Oxm.BASIC, 15, 16, true),
  UDP_DST(Oxm.BASIC, 16, 16, true),
  SCTP_SRC(Oxm.BASIC, 17, 16, true),
  SCTP_DST(Oxm.BASIC, 18, 16, true),
  ICMPV4_TYPE(Oxm.BASIC, 19, 8, false),
  ICMPV4_CODE(Oxm.BASIC, 20, 8, false),
  ARP_OP(Oxm.BASIC, 21, 16, false),
  ARP_SPA(Oxm.BASIC, 22, 32, true),
  ARP_TPA(Oxm.BASIC, 23, 32, true),
  ARP_SHA(Oxm.BASIC, 24, 48, true),
  ARP_THA(Oxm.BASIC, 25, 48, true),
  IPV6_SRC(Oxm.BASIC, 26, 128, true),
  IPV6_DST(Oxm.BASIC, 27, 128, true),
  IPV6_FLABEL(Oxm.BASIC, 28, 20, true),
  ICMPV6_TYPE(Oxm.BASIC, 29, 8, false),
  ICMPV6_CODE(Oxm.BASIC, 30, 8, false),
  IPV6_ND_TARGET(Oxm.BASIC, 31, 128, true),
  IPV6_ND_SLL(Oxm.BASIC, 32, 48, true),
  IPV6_ND_TLL(Oxm.BASIC, 33, 48, true),
  MPLS_LABEL(Oxm.BASIC, 34, 20, false),
  MPLS_TC(Oxm.BASIC, 35, 3, false),
  TUNNEL_ID(Oxm.BASIC, 38, 64, true),
  /** Registers keep what a flow writes until the frame has left the bridge. */
  REG0(Oxm.NICIRA, 0, 32, true),
  REG1(Oxm.NICIRA, 1, 32, true),
  REG2(Oxm.NICIRA, 2, 32, true),
  REG3(Oxm.NICIRA, 3, 32, true),
  REG4(Oxm.NICIRA, 4, 32, true),
  REG5(Oxm.NICIRA, 5, 32, true),
  REG6(Oxm.NICIRA, 6, 32, true),
  REG7(Oxm.NICIRA, 7, 32, true),
  /** Older names, which Open vSwitch uses in the actions that it tells. */
  NXM_IN_PORT(Oxm.OLD, 0, 16, false),
  NXM_ETH_DST(Oxm.OLD, 1, 48, true),
  NXM_ETH_SRC(Oxm.OLD, 2, 48, true),
  /** The whole tag: priority, 0x1000 if there is one, and the VLAN id. */
  NXM_VLAN_TCI(Oxm.OLD, 4, 16, true),
  NXM_TUN_ID(Oxm.NICIRA, 16, 64, true),
  /** Bit 0: a fragment; bit 1: not the first one. */
  IP_FRAG(Oxm.NICIRA, 26, 8, true),
  /** Stays with the frame from bridge to bridge, and is seen by the machine's own stack. */
  PKT_MARK(Oxm.NICIRA, 33, 32, true);

  private static final int OLD = 0;
  private static final int NICIRA = 1;
  private static final int BASIC = 0x8000;

  private static final Map<Integer, Oxm> BY_TYPE =
      Arrays.stream(values()).collect(Collectors.toMap(Oxm::type, Function.identity()));

  private final int type;
  private final int width;
  private final boolean maskable;

  Oxm(int fieldClass, int number, int width, boolean maskable) {
    this.type = fieldClass << 7 | number;
    this.width = width;
    this.maskable = maskable;
  }

  /** How many bits it has. */
  public int width() {
    return width;
  }

  /** Whether Open vSwitch takes other masks than all of its bits. */
  public boolean isMaskable() {
    return maskable;
  }

  /** All its bits. */
  public Bits mask() {
    return Bits.ones(width);
  }

  /** A flow whose match has this value. */
  public OxmTlv.Field exact(long value) {
    return new OxmTlv.Field(this, Bits.of(value), mask());
  }

  /** Some of its bits. */
  public Subfield bits(int from, int count) {
    return new Subfield(this, from, count);
  }

  /** All its bits. */
  public Subfield all() {
    return new Subfield(this, 0, width);
  }

  static Optional<Oxm> of(int type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** Class and field as the upper 23 bits of the header have them. */
  int type() {
    return type;
  }

  /** Labels have four. */
  int bytes() {
    return width == 20 ? 4 : (width + 7) / 8;
  }

  /** The header of a field without a mask. */
  int header() {
    return type << 9 | bytes();
  }
}
