package org.universalnode.catalog.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A template as a source gave it.
 *
 * @param id by which the source knows it; empty if it has none
 * @param text the document
 */
record Item(String id, String text) {
  /** The longest text, in bytes; published templates have about two thousand. */
  static final int MOST_BYTES = 256 << 10;

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  String digest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
