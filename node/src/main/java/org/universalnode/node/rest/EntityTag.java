package org.universalnode.node.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.universalnode.nffg.GraphWriter;
import org.universalnode.nffg.ServiceGraph;

/** The strong entity tag of a graph (RFC 9110, section 8.8.3): of its canonical text alone. */
final class EntityTag {
  private static final int OCTETS = 16;

  private EntityTag() {}

  /** With its quotes. */
  static String of(ServiceGraph graph) {
    byte[] text = GraphWriter.write(graph).getBytes(StandardCharsets.UTF_8);
    return '"' + HexFormat.of().formatHex(sha256().digest(text), 0, OCTETS) + '"';
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
