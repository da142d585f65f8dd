package org.universalnode.switching.kit;

import java.time.Duration;
import java.util.Optional;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.IpAddress;
import org.universalnode.nffg.MacAddress;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.reference.Frame;

/**
 * Wires and hosts for the ports of a switch that is tested; whoever tests a driver makes them.
 * Nothing but the test talks at the far ends of wires: no address, no IPv6, no protocol. Closing
 * removes all that was made.
 */
public interface Wires extends AutoCloseable {

  /** A frame that came out at the far end of a wire. */
  record Received(Wire wire, Frame frame) {}

  /** A name for the node that no other test on this machine uses. */
  String node();

  /** Links of the namespace in which the switch is. */
  RouteSocket links();

  /** A wire to a new interface of the machine. */
  Wire toMachine();

  /** A wire to a function's interface, which the driver is to make. */
  Wire toFunction();

  /** Takes a wire into use, of which the driver has made the port. */
  void plugged(Wire wire, AttachedPort port);

  /** Sends a frame of at least 14 bytes, with its tags, into the switch. */
  void send(Wire wire, Frame frame);

  /** The next frame at any far end, with its tags; empty if none comes in that time. */
  Optional<Received> receive(Duration atMost);

  /**
   * An interface of the machine that stays the machine's, in a network of its own.
   *
   * @param wire to it, of which no port is made
   * @param address the interface's
   * @param mac the interface's
   * @param neighbour an address at the far end, whose {@code neighbourMac} the machine knows
   */
  record Underlay(
      Wire wire, IpAddress address, MacAddress mac, IpAddress neighbour, MacAddress neighbourMac) {}

  /** A new interface that is ready for packets, of either version of IP. */
  Underlay underlay(boolean ipv6);

  /**
   * A host at the far end of a new wire to an interface of the machine.
   *
   * @param address its interface's address with prefix length, such as {@code 10.0.0.2/24}
   */
  TestHost host(String address);

  /**
   * Whether the switch takes such a frame for what it is. Some know only so many tags, or lose a
   * bit of them; then what becomes of it is not compared.
   */
  default boolean carries(Frame frame) {
    return true;
  }

  /** Whether the switch cuts a walk that has no end where the reference cuts it. */
  default boolean cutsAlike() {
    return true;
  }

  /** Whether what the switch makes of such a frame is the same whatever frames came before it. */
  default boolean takesAtRandom(Frame frame) {
    return carries(frame);
  }

  /**
   * How often in a row a frame must not do what the reference says. More than once where frames may
   * come late, from a data path in another process.
   */
  default int attempts() {
    return 1;
  }

  /** Whether the switch carries tunnels over IPv6; then it refuses none of them. */
  default boolean carriesTunnelsOverIpv6() {
    return true;
  }

  /** How long what counters say may be behind. */
  default Duration countersLag() {
    return Duration.ZERO;
  }

  @Override
  void close();
}
