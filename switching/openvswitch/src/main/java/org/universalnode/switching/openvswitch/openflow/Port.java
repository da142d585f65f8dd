package org.universalnode.switching.openvswitch.openflow;

import org.universalnode.nffg.MacAddress;

/**
 * A port of a bridge, OpenFlow 1.3.5 section 7.2.1.
 *
 * @param name of the interface, at most 15 bytes
 * @param config bits of what the controller wants
 * @param state bits of what is: {@link #LINK_DOWN}
 * @param ethernet what the link can and does
 */
public record Port(
    int number, MacAddress address, String name, int config, int state, Ethernet ethernet) {
  public static final int LINK_DOWN = 1;

  /**
   * Bits of section 7.2.1, except for the speeds.
   *
   * @param speed now, in kb/s
   * @param maxSpeed in kb/s
   */
  public record Ethernet(
      int current, int advertised, int supported, int peer, int speed, int maxSpeed) {
    public static final Ethernet NONE = new Ethernet(0, 0, 0, 0, 0, 0);
  }

  public boolean isLinkUp() {
    return (state & LINK_DOWN) == 0;
  }
}
