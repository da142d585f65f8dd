package org.universalnode.compute;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;

/**
 * Addresses of ports for which the graph asks none. A port has the same one for ever, also when its
 * function is replaced: its neighbours' ARP entries stay true.
 */
public final class DerivedMac {
  private static final long LOCAL = 1L << 41;
  private static final long GROUP = 1L << 40;

  private DerivedMac() {}

  /**
   * The locally administered unicast address of a port.
   *
   * @param machine tells this node from others on the same wire
   */
  public static MacAddress of(String machine, InstanceId instance, PortLabel port) {
    try {
      String owner = String.join("\0", machine, instance.graph(), instance.function());
      byte[] text = (owner + "\0" + port).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      long bits = ByteBuffer.wrap(digest).getLong() >>> 16;
      return new MacAddress((bits | LOCAL) & ~GROUP);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
