package org.universalnode.compute.libvirt;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.universalnode.nffg.PortLabel;

/**
 * Where the parts of an instance are, whether they exist or not.
 *
 * @param name of its domain and its folder
 * @param node whose instance it is
 * @param sockets folder in which the switch shows vhost-user sockets of all instances
 */
record Place(String name, String node, InstanceFolder folder, Path sockets) {
  private static final String TAP = "uv";
  private static final int TAP_DIGITS = 12;
  private static final int LONGEST_ALIAS = 250;

  /** Within the kernel's 15 characters, and another for each port of each instance. */
  String tapOf(PortLabel label) {
    try {
      byte[] text = (name + "\0" + label).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return TAP + HexFormat.of().formatHex(digest).substring(0, TAP_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** What its taps say of themselves; the labels of ports are of ASCII. */
  String aliasOf(PortLabel label) {
    String alias = aliasStart(node) + name + "/" + label;
    return alias.substring(0, Math.min(alias.length(), LONGEST_ALIAS));
  }

  /** Empty if the link is no tap of the node. */
  static String nameIn(String node, String alias) {
    String start = aliasStart(node);
    if (!alias.startsWith(start)) {
      return "";
    }
    String rest = alias.substring(start.length());
    int slash = rest.indexOf('/');
    return slash < 0 ? "" : rest.substring(0, slash);
  }

  private static String aliasStart(String node) {
    return "universal-node-vm/" + node + "/";
  }
}
