package org.universalnode.catalog.trust;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** One object in PEM (RFC 7468), in the strict form: nothing before it and nothing after it. */
public final class Pem {
  private static final int LINE = 64;

  private Pem() {}

  /** The object under that label. */
  public static String write(String label, byte[] der) {
    Base64.Encoder lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
    return "%s%s\n%s".formatted(begin(label), lines.encodeToString(der), end(label));
  }

  /** The object of that label; empty if the text is anything else. */
  static Optional<byte[]> read(String label, byte[] text) {
    String content = new String(text, StandardCharsets.ISO_8859_1).replace("\r\n", "\n").strip();
    if (!content.startsWith(begin(label)) || !(content + "\n").endsWith("\n" + end(label))) {
      return Optional.empty();
    }
    int last = content.length() + 1 - end(label).length();
    String body = content.substring(begin(label).length(), last).replace("\n", "");
    try {
      return Optional.of(Base64.getDecoder().decode(body));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----\n";
  }

  private static String end(String label) {
    return "-----END " + label + "-----\n";
  }
}
