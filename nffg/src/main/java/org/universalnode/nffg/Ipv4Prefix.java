package org.universalnode.nffg;

import org.universalnode.problem.ProblemException;

/**
 * A block of IPv4 addresses; a single address is a block of length 32.
 *
 * @param network its first address: bits beyond the length are cleared, as OpenFlow matching does
 * @param length how many leading bits count, 0 to 32
 */
public record Ipv4Prefix(Ipv4Address network, int length) {

  public Ipv4Prefix {
    if (length < 0 || length > 32) {
      throw new IllegalArgumentException("a prefix has 0 to 32 bits, not " + length);
    }
    network = new Ipv4Address(network.bits() & mask(length));
  }

  /**
   * Reads an address, alone or with a length after a slash.
   *
   * @throws ProblemException if it is written otherwise
   */
  public static Ipv4Prefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new Ipv4Prefix(Ipv4Address.parse(text), 32);
    }
    int length = FieldNumber.prefixLength(text, 32);
    return new Ipv4Prefix(Ipv4Address.parse(text.substring(0, slash)), length);
  }

  /** The mask as 32 bits: ones, then zeros. */
  public int mask() {
    return mask(length);
  }

  public boolean contains(Ipv4Address address) {
    return (address.bits() & mask()) == network.bits();
  }

  /** The address alone if it is a single one, else with its length after a slash. */
  @Override
  public String toString() {
    return length == 32 ? network.toString() : network + "/" + length;
  }

  private static int mask(int length) {
    return length == 0 ? 0 : -1 << (32 - length);
  }
}
