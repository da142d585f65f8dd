package org.universalnode.nffg;

import org.universalnode.problem.ProblemException;

/**
 * A field of a frame's headers that rules look at or set. Names, widths and places are those of
 * OpenFlow 1.3.5 section 7.2.3.7.
 */
public enum HeaderField {
  /** Of the payload after VLAN tags. */
  ETHER_TYPE(16, Notation.ETHER_TYPE),
  /** Of the outermost tag: {@link #VLAN_PRESENT}, then 12 bits of VLAN id; 0 without a tag. */
  VLAN(13, Notation.VLAN),
  /** The outermost tag's priority code point. */
  VLAN_PRIORITY(3, Notation.NUMBER),
  SOURCE_MAC(48, Notation.MAC),
  DEST_MAC(48, Notation.MAC),
  IPV4_SOURCE(32, Notation.IPV4),
  IPV4_DEST(32, Notation.IPV4),
  IPV6_SOURCE(128, Notation.IPV6),
  IPV6_DEST(128, Notation.IPV6),
  /** The upper six bits of the IPv4 type of service or of the IPv6 traffic class. */
  IP_DSCP(6, Notation.NUMBER),
  /** The lower two bits of the same. */
  IP_ECN(2, Notation.NUMBER),
  PROTOCOL(8, Notation.PROTOCOL),
  /** Of TCP, UDP or SCTP. */
  SOURCE_PORT(16, Notation.NUMBER),
  /** Of TCP, UDP or SCTP. */
  DEST_PORT(16, Notation.NUMBER),
  ICMPV4_TYPE(8, Notation.NUMBER),
  ICMPV4_CODE(8, Notation.NUMBER),
  ICMPV6_TYPE(8, Notation.NUMBER),
  ICMPV6_CODE(8, Notation.NUMBER),
  ARP_OPCODE(16, Notation.NUMBER),
  ARP_SOURCE_IP(32, Notation.IPV4),
  ARP_TARGET_IP(32, Notation.IPV4),
  ARP_SOURCE_MAC(48, Notation.MAC),
  ARP_TARGET_MAC(48, Notation.MAC),
  IPV6_FLOW_LABEL(20, Notation.NUMBER),
  /** The target address of a neighbour solicitation or advertisement. */
  ND_TARGET(128, Notation.IPV6),
  /** The source link-layer address option of a neighbour solicitation. */
  ND_SOURCE_MAC(48, Notation.MAC),
  /** The target link-layer address option of a neighbour advertisement. */
  ND_TARGET_MAC(48, Notation.MAC),
  /** Of the outermost MPLS label. */
  MPLS_LABEL(20, Notation.NUMBER),
  MPLS_TRAFFIC_CLASS(3, Notation.NUMBER);

  /** The bit of {@link #VLAN} that says there is a tag. */
  public static final int VLAN_PRESENT = 0x1000;

  private final int width;
  private final Notation notation;

  HeaderField(int width, Notation notation) {
    this.width = width;
    this.notation = notation;
  }

  /** How many bits it has. */
  public int width() {
    return width;
  }

  /** All its bits. */
  public Bits mask() {
    return Bits.ones(width);
  }

  /** Frames in which it is exactly this. */
  public FieldMatch exact(long value) {
    return exact(Bits.of(value));
  }

  /** Frames in which it is exactly this. */
  public FieldMatch exact(Bits value) {
    if (!mask().contains(value)) {
      throw new IllegalArgumentException(this + " has " + width + " bits: " + value);
    }
    return new FieldMatch(value, mask());
  }

  /**
   * Frames in which it is what the text says, as the formalism writes this field; an IP address may
   * have a prefix length after a slash.
   *
   * @throws ProblemException if it is written otherwise or too large
   */
  public FieldMatch parse(String text) {
    return notation.parse(text, this);
  }

  /** The canonical text; a mask of a MAC address is not in it. */
  public String format(FieldMatch match) {
    return notation.format(match, this);
  }

  Notation notation() {
    return notation;
  }
}
