package org.universalnode.node;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.universalnode.node.security.Permission;
import org.universalnode.node.security.Permissions;
import org.universalnode.node.security.Security;
import org.universalnode.node.tls.ServerIdentity;

/**
 * Who is let in besides users of the machine.
 *
 * @param policy for those who have a password; empty if nobody has
 * @param tls where the node listens for them from everywhere; empty if it does not
 * @param identity certificate and key that it was given; empty if it makes its own
 */
public record SecurityOptions(
    Optional<Security.Policy> policy,
    Optional<InetSocketAddress> tls,
    Optional<ServerIdentity> identity) {

  /** Nobody else is let in. */
  public static final SecurityOptions NONE =
      new SecurityOptions(Optional.empty(), Optional.empty(), Optional.empty());

  /** Those with a password are let in, over loopback. */
  public static final SecurityOptions ACCOUNTS =
      new SecurityOptions(
          Optional.of(
              new Security.Policy(Duration.ofHours(12), Permissions.USUAL, Permission.EVERYTHING)),
          Optional.empty(),
          Optional.empty());

  /** The same from everywhere, with a certificate of the node's own. */
  public SecurityOptions at(InetSocketAddress address) {
    return new SecurityOptions(policy, Optional.of(address), identity);
  }

  /** Where a certificate of the node's own is. */
  static Path folder(Path state) {
    return state.resolve("tls");
  }
}
