package org.universalnode.nffg;

import java.util.regex.Pattern;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;

/**
 * An IPv4 address.
 *
 * @param bits the 32 bits, first byte on the wire highest
 */
public record Ipv4Address(int bits) implements IpAddress {
  private static final Pattern BYTE = Pattern.compile("0|[1-9]\\d{0,2}");

  /**
   * Reads dotted decimal of four bytes without leading zeros.
   *
   * @throws ProblemException if it is written otherwise
   */
  public static Ipv4Address parse(String text) {
    String[] parts = text.split("\\.", -1);
    int bits = 0;
    boolean valid = parts.length == 4;
    for (String part : parts) {
      valid = valid && BYTE.matcher(part).matches() && Integer.parseInt(part) < 256;
      bits = valid ? bits << 8 | Integer.parseInt(part) : 0;
    }
    if (!valid) {
      throw Invalid.because(
          JsonText.quoted(text) + " is no IPv4 address", "write it like 192.0.2.1");
    }
    return new Ipv4Address(bits);
  }

  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }
}
