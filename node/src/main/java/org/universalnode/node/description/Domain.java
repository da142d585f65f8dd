package org.universalnode.node.description;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What detection can't find out of a domain, because people decide it.
 *
 * @param id tells domains apart
 * @param name for people, and in other domains' lists of neighbours
 * @param managementAddress where those above reach the REST API
 * @param interfaces those of which something is said
 */
public record Domain(
    String id, String name, String managementAddress, List<DescribedInterface> interfaces) {
  private static final int ID_BYTES = 4;

  public Domain {
    interfaces = List.copyOf(interfaces);
  }

  /** An id that stays, of eight digits as the published samples have. */
  public static String idOf(String machine) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(machine.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** What is said of an interface; of others nothing is. */
  DescribedInterface of(String name) {
    return interfaces.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseGet(() -> DescribedInterface.plain(name));
  }
}
