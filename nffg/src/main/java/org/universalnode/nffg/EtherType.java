package org.universalnode.nffg;

import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;

/** The Ethernet types that the formalism itself gives a meaning. */
public final class EtherType {
  public static final int IPV4 = 0x0800;
  public static final int IPV6 = 0x86dd;

  /** Below it the field of a frame is a length, IEEE 802.3 3.2.6. */
  private static final int LOWEST = 0x0600;

  private EtherType() {}

  /**
   * Reads {@code 0x0800} or {@code 2048}.
   *
   * @throws ProblemException if it is no Ethernet type
   */
  static int parse(String text) {
    int type = FieldNumber.parse(text, 0, 0xffff);
    if (type < LOWEST) {
      throw Invalid.because(
          "the Ethernet type " + JsonText.quoted(text) + " is " + format(type) + ", a frame length",
          "write a type in hexadecimal after 0x, like 0x0800 for IPv4");
    }
    return type;
  }

  /** {@code 0x} and four digits. */
  public static String format(int type) {
    return String.format("0x%04x", type);
  }
}
