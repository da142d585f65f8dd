package org.universalnode.switching;

/**
 * A port together with the interface by which the switch reaches it.
 *
 * @param switchInterface interface name in the node's own namespace; empty if there is none
 * @param index the kernel's number of that interface, 0 if there is none
 * @param isOfMachine whether that interface was there before and was given to the switch
 * @param stackInterface the interface that the machine's own stack has at the other end, as whoever
 *     made the port is told; empty for all else
 */
public record AttachedPort(
    LsiPort port, String switchInterface, int index, boolean isOfMachine, String stackInterface) {

  /** A port with nothing of the machine's stack at the other end. */
  public AttachedPort(LsiPort port, String switchInterface, int index, boolean isOfMachine) {
    this(port, switchInterface, index, isOfMachine, "");
  }

  /** A port with an interface that the driver made. */
  public AttachedPort(LsiPort port, String switchInterface, int index) {
    this(port, switchInterface, index, false);
  }

  /** The same port with the machine's stack at the other end. */
  public AttachedPort towards(String stack) {
    return new AttachedPort(port, switchInterface, index, isOfMachine, stack);
  }
}
