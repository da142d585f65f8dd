package org.universalnode.nffg;

import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;

/**
 * The address of an interface and the length of its subnet's prefix, such as 192.0.2.7/24.
 *
 * @param address the interface's own address, host bits included
 * @param prefixLength 0 to 32
 */
public record InterfaceAddress(Ipv4Address address, int prefixLength) {

  public InterfaceAddress {
    if (prefixLength < 0 || prefixLength > 32) {
      throw new IllegalArgumentException("a prefix has 0 to 32 bits, not " + prefixLength);
    }
  }

  /**
   * Reads {@code a.b.c.d/n}; the length is required.
   *
   * @throws ProblemException if it is written otherwise
   */
  public static InterfaceAddress parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw Invalid.because(
          JsonText.quoted(text) + " has no prefix length", "write it like 192.0.2.7/24");
    }
    int length = FieldNumber.prefixLength(text, 32);
    return new InterfaceAddress(Ipv4Address.parse(text.substring(0, slash)), length);
  }

  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }
}
