package org.universalnode.functions;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.universalnode.testbed.Host;

/**
 * Datagrams from one host to another.
 *
 * @param source address and port from which they are sent
 * @param address where they are sent to
 */
record Datagrams(Host from, InetSocketAddress source, Host to, String address) {
  /** For the first one, which waits for ARP; the others come right behind it. */
  private static final int PATIENCE_MILLIS = 700;

  private static final int QUIET_MILLIS = 100;

  static Datagrams between(Host from, Host to, String address) {
    return new Datagrams(from, new InetSocketAddress("0.0.0.0", 40_000), to, address);
  }

  /** The same, sent from one of the sending host's addresses and a port. */
  Datagrams sentFrom(String host, int port) {
    return new Datagrams(from, new InetSocketAddress(host, port), to, address);
  }

  /** Those of the ports at which a datagram for them arrives. */
  Set<Integer> arriving(Integer... ports) {
    try (Selector selector = Selector.open();
        DatagramChannel sender = bound(from, source)) {
      try {
        for (Integer port : ports) {
          DatagramChannel receiver = bound(to, new InetSocketAddress("0.0.0.0", port));
          receiver.configureBlocking(false).register(selector, SelectionKey.OP_READ, port);
        }
        List.of(ports).forEach(port -> Host.send(sender, "hello", address, port));
        return heard(selector);
      } finally {
        for (SelectionKey key : selector.keys()) {
          key.channel().close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits while a process that is just being started has a copy of the last socket there. */
  private static DatagramChannel bound(Host host, InetSocketAddress address) {
    DatagramChannel channel = host.namespace().call(DatagramChannel::open);
    await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .ignoreExceptionsMatching(BindException.class::isInstance)
        .until(() -> channel.bind(address).getLocalAddress() != null);
    return channel;
  }

  private static Set<Integer> heard(Selector selector) throws IOException {
    Set<Integer> heard = new TreeSet<>();
    int patience = PATIENCE_MILLIS;
    while (heard.size() < selector.keys().size()
        && selector.select(key -> hear(key, heard), patience) > 0) {
      patience = QUIET_MILLIS;
    }
    return heard;
  }

  private static void hear(SelectionKey key, Set<Integer> heard) {
    heard.add((Integer) key.attachment());
    key.interestOps(0);
  }
}
