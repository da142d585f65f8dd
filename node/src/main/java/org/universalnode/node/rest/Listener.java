package org.universalnode.node.rest;

import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * Where the server listens.
 *
 * @param tls what it shows that it is; without, it listens on loopback only
 */
public record Listener(InetSocketAddress address, Optional<SSLContext> tls) {
  public Listener {
    if (tls.isEmpty() && !address.getAddress().isLoopbackAddress()) {
      throw Problem.of(
              Code.UNSUPPORTED, "without TLS the node listens on loopback only, not on " + address)
          .next("use 127.0.0.1 or [::1], or --tls-listen")
          .asException();
    }
  }

  /** Without TLS. */
  public static Listener local(InetSocketAddress address) {
    return new Listener(address, Optional.empty());
  }

  /** With TLS. */
  public static Listener secure(InetSocketAddress address, SSLContext tls) {
    return new Listener(address, Optional.of(tls));
  }
}
