package org.universalnode.switching.openvswitch.openflow;

/** Numbers of ports that are none, OpenFlow 1.3.5 section 7.2.1. */
public final class PortNumber {
  /** Where the frame came from; an output to that very number does nothing. */
  public static final int IN_PORT = 0xfffffff8;

  /** The flow tables from the first on; for a packet-out only. */
  public static final int TABLE = 0xfffffff9;

  /** All ports but the one that the frame came from. */
  public static final int ALL = 0xfffffffc;

  public static final int CONTROLLER = 0xfffffffd;

  /** The bridge's own interface. */
  public static final int LOCAL = 0xfffffffe;

  /** Every port, or none in particular. */
  public static final int ANY = 0xffffffff;

  private PortNumber() {}
}
