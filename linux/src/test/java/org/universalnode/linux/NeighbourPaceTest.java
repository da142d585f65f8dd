package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A host that asks while the cable to the other one is pulled. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class NeighbourPaceTest {
  private static final String HERE = "192.0.2.1";
  private static final String THERE = "192.0.2.2";
  private static final int PORT = 7_000;

  private NetworkNamespace near;
  private NetworkNamespace far;

  @BeforeEach
  void joined() throws IOException {
    String name = "ut" + ProcessHandle.current().pid() + "np";
    near = NetworkNamespace.create(name + "1");
    far = NetworkNamespace.create(name + "2");
    try (RouteSocket route = near.routeSocket()) {
      route.createVeth(new Veth("eth0", "eth0", "02:00:00:00:00:02", far));
      route.up("eth0");
      route.addAddress("eth0", InetAddress.ofLiteral(HERE), 24);
    }
    try (RouteSocket route = far.routeSocket()) {
      route.up("eth0");
    }
  }

  @AfterEach
  void nothingIsLeft() {
    near.delete();
    far.delete();
  }

  @Test
  void whatWasSentBeforeThereWasAWayArrivesWhenThereIsOne() throws IOException {
    DatagramChannel in = far.call(() -> DatagramChannel.open());
    DatagramChannel out = near.call(() -> DatagramChannel.open());
    try (in;
        out) {
      near.call(
          () -> {
            NeighbourPace.hurry("eth0");
            return out.send(ByteBuffer.allocate(1), new InetSocketAddress(THERE, PORT));
          });
      Thread.sleep(Duration.ofMillis(60)); // twelve questions that nobody answers
      long begin = System.nanoTime();
      try (RouteSocket route = far.routeSocket()) {
        route.addAddress("eth0", InetAddress.ofLiteral(THERE), 24);
      }
      in.bind(new InetSocketAddress(THERE, PORT));
      near.call(
          () -> {
            NeighbourPace.calm("eth0");
            return out;
          });
      in.socket().setSoTimeout(900);
      in.socket().receive(new DatagramPacket(new byte[1], 1));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(800));
      assertThat(setting("retrans_time_ms")).isEqualTo("1000");
      assertThat(setting("mcast_solicit")).isEqualTo("3");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String setting(String name) {
    return near.call(
        () -> Files.readAllLines(Path.of("/proc/sys/net/ipv4/neigh/eth0", name)).getFirst());
  }
}
