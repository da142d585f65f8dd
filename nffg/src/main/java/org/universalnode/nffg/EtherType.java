package org.universalnode.nffg;

/** The Ethernet types that the formalism itself gives a meaning. */
public final class EtherType {
  public static final int IPV4 = 0x0800;
  public static final int ARP = 0x0806;
  public static final int IPV6 = 0x86dd;
  public static final int MPLS = 0x8847;
  public static final int MPLS_MULTICAST = 0x8848;

  private EtherType() {}
}
