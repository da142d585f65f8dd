package org.universalnode.switching.devices;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Short names of fixed length for long ones: the beginning of their SHA-256. */
public final class Digest {
  private Digest() {}

  public static byte[] of(String text, int bytes) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return Arrays.copyOf(sha.digest(text.getBytes(StandardCharsets.UTF_8)), bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
