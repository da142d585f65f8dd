package org.universalnode.upstream;

import java.net.URI;
import java.util.Optional;

/**
 * Where documents go.
 *
 * @param topic what the other side calls such documents
 * @param sender name of this node, unique among those that send there
 * @param login for the other side, if it wants one
 */
public record Destination(URI address, String topic, String sender, Optional<Login> login) {

  /**
   * Who the node says it is.
   *
   * @param user empty if {@code secret} is a token that stands alone
   */
  public record Login(String user, String secret) {
    @Override
    public String toString() {
      return "login of " + (user.isEmpty() ? "a token" : user);
    }
  }
}
