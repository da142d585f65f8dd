package org.universalnode.nffg;

import java.util.regex.Pattern;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;

/**
 * The numbers of match fields, which the formalism writes as strings: decimal, or hexadecimal after
 * {@code 0x}. A leading zero is refused, because C programs take it for octal.
 */
final class FieldNumber {
  private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,7}");
  private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,8}");

  private FieldNumber() {}

  /**
   * The number that the text stands for.
   *
   * @throws ProblemException if it is no number or not between {@code min} and {@code max}
   */
  static int parse(String text, int min, int max) {
    int number = value(text);
    if (number < min || number > max) {
      throw Invalid.because(
          JsonText.quoted(text) + " is no number from " + min + " to " + max,
          "write it in decimal, or in hexadecimal after 0x");
    }
    return number;
  }

  /**
   * The prefix length after the slash of an address.
   *
   * @throws ProblemException if it is no decimal number from 0 to {@code max}
   */
  static int prefixLength(String address, int max) {
    String digits = address.substring(address.indexOf('/') + 1);
    int length = LENGTH.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
    if (length < 0 || length > max) {
      throw Invalid.because(
          JsonText.quoted(address) + " has no prefix length from 0 to " + max,
          max == 32 ? "write it like 192.0.2.0/24" : "write it like 2001:db8::/32");
    }
    return length;
  }

  /** -1 if it is no number of at most nine digits. */
  private static int value(String text) {
    if (HEXADECIMAL.matcher(text).matches()) {
      return Integer.parseInt(text.substring(2), 16);
    }
    return DECIMAL.matcher(text).matches() ? Integer.parseInt(text) : -1;
  }
}
