package org.universalnode.switching.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.universalnode.switching.kit.TestSwitch.output;
import static org.universalnode.switching.kit.TestSwitch.outputs;
import static org.universalnode.switching.kit.TestSwitch.rule;
import static org.universalnode.switching.kit.TestSwitch.set;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;

/**
 * Hosts that talk through rules which change addresses, ports and traffic class on the way: their
 * own network stacks say whether checksums are right. The client knows the server as .3 or ::3.
 */
abstract class HostCases extends ConformanceCases {
  private static final int SEEN_PORT = 7000;
  private static final int TRUE_PORT = 8000;
  private static final long TRANSFER_BYTES = 256L << 20;

  /** Far below what a switch gives that carries large packets whole, or hardly joins them. */
  private static final long LEAST_BYTES_A_SECOND = 40L << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final TestHost client = tested.wires().host("10.0.0.1/24");
  private final TestHost server = tested.wires().host("10.0.0.2/24");

  HostCases(SwitchDriverConformance suite) {
    super(suite);
  }

  @BeforeEach
  void translate() {
    assumeTrue(
        tested
            .driver()
            .features()
            .setters()
            .containsAll(
                List.of(
                    HeaderField.IPV4_SOURCE,
                    HeaderField.IPV4_DEST,
                    HeaderField.IPV6_SOURCE,
                    HeaderField.IPV6_DEST,
                    HeaderField.SOURCE_PORT,
                    HeaderField.DEST_PORT,
                    HeaderField.IP_DSCP)));
    server.address("10.0.0.3/24");
    client.address("fd00::1/64");
    server.address("fd00::2/64");
    server.address("fd00::3/64");
    LsiPort to = plug(client);
    LsiPort from = plug(server);
    tested.apply(
        to,
        rule("ipv4", 2, match(HeaderField.IPV4_DEST, "10.0.0.3"), there("IPV4", "10.0.0.2", from)),
        rule("ipv6", 2, match(HeaderField.IPV6_DEST, "fd00::3"), there("IPV6", "fd00::2", from)),
        rule("rest", 1, MatchFields.ANY, outputs(from)));
    tested.apply(
        from,
        rule("ipv4", 2, match(HeaderField.IPV4_SOURCE, "10.0.0.2"), back("IPV4", "10.0.0.3", to)),
        rule("ipv6", 2, match(HeaderField.IPV6_SOURCE, "fd00::2"), back("IPV6", "fd00::3", to)),
        rule("rest", 1, MatchFields.ANY, outputs(to)));
  }

  @Test
  void tcpIsFast() throws IOException, InterruptedException {
    assertThat(transfer("10.0.0.3", "10.0.0.2")).isGreaterThan(LEAST_BYTES_A_SECOND);
    assertThat(transfer("fd00::3", "fd00::2")).isGreaterThan(LEAST_BYTES_A_SECOND);
  }

  @Test
  void udpArrives() throws IOException {
    exchange("10.0.0.3", "10.0.0.2");
    exchange("fd00::3", "fd00::2");
  }

  @Test
  void echoRequestsAreAnswered() {
    assertThat(reaches("10.0.0.3")).isTrue();
    assertThat(reaches("fd00::3")).isTrue();
  }

  private boolean reaches(String address) {
    int millis = Math.toIntExact(PATIENCE.toMillis());
    return client.call(() -> InetAddress.getByName(address).isReachable(millis));
  }

  /** Bytes a second. */
  private long transfer(String seen, String real) throws IOException, InterruptedException {
    InetAddress here = InetAddress.getByName(real);
    try (ServerSocket listening = server.call(() -> new ServerSocket(TRUE_PORT, 1, here));
        Socket socket = client.call(HostCases::connectable)) {
      socket.connect(new InetSocketAddress(seen, SEEN_PORT), Math.toIntExact(PATIENCE.toMillis()));
      Socket accepted = listening.accept();
      long start = System.nanoTime();
      Thread sender = Thread.ofPlatform().start(() -> send(socket));
      long received = drain(accepted);
      sender.join();
      assertThat(received).isEqualTo(TRANSFER_BYTES);
      return received * 1_000_000_000L / (System.nanoTime() - start);
    }
  }

  private static Socket connectable() throws IOException {
    Socket socket = new Socket();
    socket.setReuseAddress(true); // has it made at once, in this namespace
    return socket;
  }

  private static void send(Socket socket) {
    try (OutputStream out = socket.getOutputStream()) {
      byte[] chunk = new byte[1 << 18];
      for (long sent = 0; sent < TRANSFER_BYTES; sent += chunk.length) {
        out.write(chunk);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long drain(Socket socket) throws IOException {
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    try (socket;
        InputStream in = socket.getInputStream()) {
      byte[] chunk = new byte[1 << 18];
      long all = 0;
      for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
        all += got;
      }
      return all;
    }
  }

  private void exchange(String seen, String real) throws IOException {
    InetSocketAddress here = new InetSocketAddress(real, TRUE_PORT);
    try (DatagramSocket asking = client.call(() -> new DatagramSocket());
        DatagramSocket answering = server.call(() -> new DatagramSocket(here))) {
      asking.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      answering.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      byte[] odd = {1, 2, 3};
      InetSocketAddress there = new InetSocketAddress(seen, SEEN_PORT);
      asking.send(new DatagramPacket(odd, odd.length, there));
      DatagramPacket got = new DatagramPacket(new byte[100], 100);
      answering.receive(got);
      answering.send(new DatagramPacket(odd, odd.length, got.getSocketAddress()));
      asking.receive(got);
      assertThat(got.getSocketAddress()).isEqualTo(there);
      assertThat(got.getLength()).isEqualTo(odd.length);
    }
  }

  private LsiPort plug(TestHost host) {
    return tested.driver().createPort(LsiId.BASE, host.wire().attachment()).orThrow().port();
  }

  private static MatchFields match(HeaderField field, String address) {
    return MatchFields.ANY.with(field, address);
  }

  private static List<RuleAction<Integer>> there(String ip, String address, LsiPort out) {
    return List.of(
        set(HeaderField.valueOf(ip + "_DEST"), address),
        set(HeaderField.DEST_PORT, Integer.toString(TRUE_PORT)),
        set(HeaderField.IP_DSCP, "46"),
        output(out));
  }

  private static List<RuleAction<Integer>> back(String ip, String address, LsiPort out) {
    return List.of(
        set(HeaderField.valueOf(ip + "_SOURCE"), address),
        set(HeaderField.SOURCE_PORT, Integer.toString(SEEN_PORT)),
        output(out));
  }
}
