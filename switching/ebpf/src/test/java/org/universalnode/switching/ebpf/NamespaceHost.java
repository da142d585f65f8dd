package org.universalnode.switching.ebpf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.kit.TestHost;
import org.universalnode.switching.kit.Wire;
import org.universalnode.testbed.Host;

/** A host of the testbed, for the conformance suite. */
record NamespaceHost(Host host) implements TestHost {
  private static final Path IPV6 = Path.of("/proc/sys/net/ipv6/conf/eth0");

  @Override
  public Wire wire() {
    return new Wire(new Attachment.HostInterface(host.cable()));
  }

  /** Nobody is asked whether an IPv6 address is taken, which would take a second. */
  @Override
  public void address(String address) {
    host.namespace()
        .call(
            () -> {
              Files.writeString(IPV6.resolve("accept_dad"), "0");
              return Files.writeString(IPV6.resolve("disable_ipv6"), "0");
            });
    host.address(address);
    awaitUsable(host, address.substring(0, address.indexOf('/')));
  }

  /** The kernel may take an IPv6 address into use some time after it was added, asked or not. */
  static void awaitUsable(Host host, String address) {
    InetAddress wanted = InetAddress.ofLiteral(address);
    Awaitility.await(address)
        .pollInterval(Duration.ofMillis(2))
        .ignoreExceptions()
        .until(() -> host.namespace().call(() -> isUsable(wanted)));
  }

  private static boolean isUsable(InetAddress address) throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, address)) {
      return any.isBound();
    }
  }

  @Override
  public <T> T call(Callable<T> work) {
    return host.namespace().call(work);
  }
}
