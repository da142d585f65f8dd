package org.universalnode.node.hoststack;

/**
 * An interface of the machine's own stack, made for an end-point.
 *
 * @param identity names the end-point on this node for ever: graph and end-point
 * @param name of the interface
 * @param index the kernel's number of it: another one means that the interface was made anew
 */
public record StackInterface(String identity, String name, int index) {

  /** The interface of that name as it is now; its index is 0 if there is none. */
  public static StackInterface of(String identity, String name) {
    return new StackInterface(identity, name, Interfaces.index(name));
  }
}
