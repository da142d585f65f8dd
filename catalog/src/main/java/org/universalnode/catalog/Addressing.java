package org.universalnode.catalog;

import java.util.Locale;

/** How a port gets its address: {@code ipv4-config} and {@code ipv6-config} of a template. */
public enum Addressing {
  /** It has none. */
  NONE,
  /** By DHCP; published in upper and in lower case. */
  DHCP,
  /** From whoever configures the function. */
  STATIC;

  private static final Vocabulary<Addressing> WORDS =
      Vocabulary.of(values(), "no port is addressed by");

  static Addressing parse(String text) {
    return WORDS.parse(text.toLowerCase(Locale.ROOT));
  }

  /** The published name, such as {@code dhcp}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
