package org.universalnode.nffg;

/**
 * A TCP port of a function that is reached through a port of the node.
 *
 * @param host port of the node, 1 to 65535
 * @param function port of the function, 1 to 65535
 */
public record ControlPort(int host, int function) {
  static final int LAST = 65535;

  public ControlPort {
    if (host < 1 || host > LAST || function < 1 || function > LAST) {
      throw new IllegalArgumentException("a TCP port is 1 to 65535: " + host + ", " + function);
    }
  }
}
