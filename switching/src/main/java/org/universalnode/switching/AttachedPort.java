package org.universalnode.switching;

/**
 * A port together with the interface by which the switch reaches it.
 *
 * @param switchInterface interface name in the node's own namespace; empty if there is none
 * @param index the kernel's number of that interface, 0 if there is none
 * @param isOfMachine whether that interface was there before and was given to the switch
 */
public record AttachedPort(LsiPort port, String switchInterface, int index, boolean isOfMachine) {

  /** A port with an interface that the driver made. */
  public AttachedPort(LsiPort port, String switchInterface, int index) {
    this(port, switchInterface, index, false);
  }
}
