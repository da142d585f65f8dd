package org.universalnode.switching.openvswitch.openflow;

import java.time.Duration;

/**
 * What went through a port since it was made, OpenFlow 1.3.5 section 7.3.5.6. Received is what
 * entered the bridge; a number that the switch does not know is -1.
 */
public record PortCounters(int port, Traffic received, Traffic sent, Faults faults, Duration age) {

  public record Traffic(long packets, long bytes, long dropped, long errors) {}

  /** Of what was received, and collisions. */
  public record Faults(long frame, long overrun, long crc, long collisions) {
    public static final Faults NONE = new Faults(0, 0, 0, 0);
  }
}
