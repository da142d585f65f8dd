package org.universalnode.nffg;

import java.util.HexFormat;
import java.util.regex.Pattern;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;

/**
 * An Ethernet address.
 *
 * @param bits the 48 bits, first byte on the wire highest
 */
public record MacAddress(long bits) {
  private static final Pattern WRITTEN = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");

  private static final long MULTICAST = 1L << 40;

  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException("more than 48 bits: " + bits);
    }
  }

  /**
   * Reads six bytes in hexadecimal with colons between them.
   *
   * @throws ProblemException if it is written otherwise
   */
  public static MacAddress parse(String text) {
    if (!WRITTEN.matcher(text).matches()) {
      throw Invalid.because(
          JsonText.quoted(text) + " is no MAC address", "write it like 02:00:00:00:00:01");
    }
    return new MacAddress(HexFormat.fromHexDigitsToLong(text.replace(":", "")));
  }

  /**
   * Reads the address of one interface.
   *
   * @throws ProblemException if it is written otherwise, or a group address, or all zero
   */
  static MacAddress parseUnicast(String text) {
    MacAddress mac = parse(text);
    if (!mac.isUnicast()) {
      throw Invalid.because(mac + " is no unicast address", "use one like 02:00:00:00:00:01");
    }
    return mac;
  }

  /** Whether one interface may have it: no group address and not all zero. */
  public boolean isUnicast() {
    return bits != 0 && (bits & MULTICAST) == 0;
  }

  /** Lower case with colons. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(bits, 12).replaceAll("(..)(?=.)", "$1:");
  }
}
