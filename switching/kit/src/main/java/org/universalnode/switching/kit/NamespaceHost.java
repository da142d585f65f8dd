package org.universalnode.switching.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.universalnode.switching.Attachment;
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
    host.awaitUsable(address.substring(0, address.indexOf('/')));
  }

  @Override
  public <T> T call(Callable<T> work) {
    return host.namespace().call(work);
  }
}
