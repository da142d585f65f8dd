package org.universalnode.linux;

/**
 * A veth pair to be made: this end here, its peer born inside {@code namespace} (veth(4)).
 *
 * @param name this end's interface name, at most 15 characters
 * @param peerName the peer's interface name, at most 15 characters
 * @param peerMac the peer's hardware address as aa:bb:cc:dd:ee:ff
 */
public record Veth(String name, String peerName, String peerMac, NetworkNamespace namespace) {
  /** IFNAMSIZ less the terminating zero. */
  public static final int LONGEST_NAME = 15;

  public Veth {
    requireName(name);
    requireName(peerName);
  }

  private static void requireName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.matches(".*[\\s/:].*")) {
      throw new IllegalArgumentException("not an interface name: \"" + name + "\"");
    }
  }
}
