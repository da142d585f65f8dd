package org.universalnode.nffg;

import org.universalnode.nffg.json.JsonText;
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
    int length = length(text, text.substring(slash + 1));
    return new Ipv4Prefix(Ipv4Address.parse(text.substring(0, slash)), length);
  }

  /**
   * The block that an address and a mask such as {@code 255.255.255.0} describe.
   *
   * @throws ProblemException if a one follows a zero in the mask
   */
  public static Ipv4Prefix of(Ipv4Address address, Ipv4Address mask) {
    int length = Integer.bitCount(mask.bits());
    if (mask(length) != mask.bits()) {
      throw Invalid.because(
          "the mask " + mask + " is not contiguous", "write a mask like 255.255.255.0");
    }
    return new Ipv4Prefix(address, length);
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

  /** The length of a prefix written after a slash; {@code whole} is for the message. */
  static int length(String whole, String digits) {
    int length = digits.matches("0|[1-9]\\d?") ? Integer.parseInt(digits) : -1;
    if (length < 0 || length > 32) {
      throw Invalid.because(
          JsonText.quoted(whole) + " has no prefix length from 0 to 32",
          "write it like 192.0.2.0/24");
    }
    return length;
  }

  private static int mask(int length) {
    return length == 0 ? 0 : -1 << (32 - length);
  }
}
