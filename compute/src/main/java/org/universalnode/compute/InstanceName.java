package org.universalnode.compute;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name under which an instance is known to the kernel and the file system: readable, at most
 * 110 characters, and different for different instances whatever their ids contain.
 */
public final class InstanceName {
  private static final int READABLE = 40;
  private static final int DIGITS = 8;

  private InstanceName() {}

  /** {@code <node>-<graph>-<function>-<digest>}. */
  public static String of(String node, InstanceId id) {
    return node + "-" + readable(id.graph()) + "-" + readable(id.function()) + "-" + digest(id);
  }

  /** {@code <node>-shared-<name>-<digest>}, which no other instance has. */
  public static String ofShared(String node, String shared) {
    String digest = digest(new InstanceId("", shared));
    return node + "-shared-" + readable(shared) + "-" + digest;
  }

  /** Whether a name can be an instance's. */
  public static boolean isOne(String name) {
    return name.matches("[a-z0-9]+-[A-Za-z0-9_]+-[A-Za-z0-9_]+-[0-9a-f]{8}");
  }

  private static String readable(String text) {
    String safe = text.replaceAll("[^A-Za-z0-9_]", "_");
    return safe.substring(0, Math.min(safe.length(), READABLE));
  }

  private static String digest(InstanceId id) {
    try {
      String first = id.graph() + "\0" + id.function();
      String whole = id.incarnation() == 0 ? first : first + "\0" + id.incarnation();
      byte[] text = whole.getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
