package org.universalnode.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;

/**
 * A host of a testbed.
 *
 * @param cable the interface of this machine at the other end of its cable
 */
public record Host(NetworkNamespace namespace, String cable) {
  static final String INTERFACE = "eth0";
  private static final Duration PATIENCE = Duration.ofMillis(800);
  private static final Duration USABLE_BY = Duration.ofSeconds(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

  /** Adds an address with prefix length, such as {@code 10.0.0.2/24}, to its interface. */
  public void address(String address) {
    try (RouteSocket route = namespace.routeSocket()) {
      String[] parts = address.split("/", 2);
      route.addAddress(INTERFACE, inet(parts[0]), Integer.parseInt(parts[1]));
    }
  }

  /** The kernel may take an IPv6 address into use some time after it was added, asked or not. */
  public void awaitUsable(String address) {
    long end = System.nanoTime() + USABLE_BY.toNanos();
    while (!isUsable(inet(address))) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(address + " is of no use");
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private boolean isUsable(InetAddress address) {
    try (ServerSocketChannel any = namespace.call(ServerSocketChannel::open)) {
      any.bind(new InetSocketAddress(address, 0));
      return true;
    } catch (BindException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends what is for {@code prefix} to {@code gateway}. */
  public void route(String prefix, String gateway) {
    try (RouteSocket route = namespace.routeSocket()) {
      String[] parts = prefix.split("/", 2);
      route.addRoute(inet(parts[0]), Integer.parseInt(parts[1]), inet(gateway));
    }
  }

  /**
   * Connects by TCP to {@code server}, which listens for this one connection.
   *
   * @return the address that the server sees this host have; empty if it can't be reached
   */
  public Optional<String> connect(Host server, String address, int port) {
    try (ServerSocketChannel listening = server.namespace.call(ServerSocketChannel::open);
        SocketChannel client = namespace.call(SocketChannel::open)) {
      listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      listening.bind(new InetSocketAddress(inet(address), port));
      client.socket().connect(new InetSocketAddress(inet(address), port), millis());
      try (SocketChannel accepted = listening.accept()) {
        InetSocketAddress seen = (InetSocketAddress) accepted.getRemoteAddress();
        return Optional.of(seen.getAddress().getHostAddress());
      }
    } catch (SocketTimeoutException
        | java.net.ConnectException
        | java.net.NoRouteToHostException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An unconnected UDP socket of this host at a port; the caller closes it. */
  public DatagramChannel udp(int port) {
    try {
      DatagramChannel channel = namespace.call(DatagramChannel::open);
      channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
      return channel.bind(new InetSocketAddress("0.0.0.0", port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of the next datagram, or empty if none comes in time. */
  public static Optional<String> receive(DatagramChannel channel) {
    try {
      DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
      channel.socket().setSoTimeout(millis());
      channel.socket().receive(packet);
      return Optional.of(
          new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void send(DatagramChannel channel, String text, String address, int port) {
    try {
      channel.send(
          ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
          new InetSocketAddress(inet(address), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for neighbours often, so that one that was just absent is soon found. */
  void configure(String address) {
    namespace.call(
        () -> {
          Path settings = Path.of("/proc/sys/net");
          Files.writeString(settings.resolve("ipv6/conf/eth0/disable_ipv6"), "1");
          Files.writeString(settings.resolve("ipv4/neigh/eth0/retrans_time_ms"), "100");
          return settings;
        });
    try (RouteSocket route = namespace.routeSocket()) {
      route.up(INTERFACE);
    }
    address(address);
  }

  private static int millis() {
    return Math.toIntExact(PATIENCE.toMillis());
  }

  private static InetAddress inet(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
