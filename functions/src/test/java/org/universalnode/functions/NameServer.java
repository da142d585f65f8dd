package org.universalnode.functions;

import static org.awaitility.Awaitility.await;

import java.util.List;
import org.universalnode.testbed.Host;

/** A DNS server on a host, which says that every name below one domain has one address. */
final class NameServer implements AutoCloseable {
  private final Process process;

  /**
   * Starts it.
   *
   * @param listening its own address
   */
  NameServer(Host host, String listening, String domain, String answer) {
    this.process =
        HostProcess.start(
            host,
            List.of(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--pid-file=",
                "--no-resolv",
                "--no-hosts",
                "--bind-interfaces",
                "--listen-address=" + listening,
                "--address=/%s/%s".formatted(domain, answer)));
    NameQuestion question = NameQuestion.by(host).to(listening);
    await().until(() -> question.about("ready." + domain).isAnswered());
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
