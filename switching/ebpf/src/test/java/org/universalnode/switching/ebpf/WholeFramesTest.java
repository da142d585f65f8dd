package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.PacketSocket;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/** What a function sees that reads frames itself: datagrams have the checksum of RFC 768. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class WholeFramesTest {
  private static final LsiId GRAPH = new LsiId(1);
  private static final int UDP = 17;
  private static final int PROTOCOL_AT = 23;
  private static final int ADDRESSES_AT = 26;
  private static final int DATAGRAM_AT = 34;
  private static final int LENGTH_AT = 38;

  private final Testbed testbed = new Testbed();
  private final Host lan = testbed.host("10.0.0.1/24");
  private final NetworkNamespace function = NetworkNamespace.create(testbed.name() + "-f");
  private final SwitchDriver driver = EbpfSwitch.open(testbed.name()).orThrow();

  @AfterEach
  void close() {
    try (testbed;
        driver) {
      driver.deleteLsi(GRAPH).orThrow();
      function.delete();
    }
  }

  @Test
  void whoAsksForWholeFramesGetsThem() throws IOException {
    assertThat(sum(arriving(true))).isEqualTo(0xffff);
  }

  @Test
  void theKernelIsLeftToDoItItself() throws IOException {
    assertThat(sum(arriving(false))).isNotEqualTo(0xffff);
  }

  /** The frame of a datagram that the host sends to all. */
  private ByteBuffer arriving(boolean whole) throws IOException {
    MacAddress mac = MacAddress.parse("02:00:00:00:00:01");
    Attachment end = new Attachment.FunctionInterface("g/f/p", function.name(), "p0", mac, whole);
    LsiPort in = port(new Attachment.HostInterface(lan.cable()));
    LsiPort out = port(end);
    SwitchRule all =
        new SwitchRule("all", 1, MatchFields.ANY, RuleAction.outputs(List.of(out.number())));
    driver.apply(new RuleChange(Map.of(in, List.of(all)))).orThrow();
    try (RouteSocket inside = function.routeSocket();
        PacketSocket socket = function.call(PacketSocket::open);
        DatagramChannel sender = lan.udp(9)) {
      inside.up("p0");
      for (int i = 0; i < 100; i++) {
        Host.send(sender, "all of you", "10.0.0.255", 9);
        Optional<PacketSocket.Received> got = socket.receive(Duration.ofMillis(100));
        if (got.filter(each -> each.frame().get(PROTOCOL_AT) == UDP).isPresent()) {
          return got.get().frame();
        }
      }
      throw new AssertionError("nothing arrives");
    }
  }

  private LsiPort port(Attachment attachment) {
    return driver.createPort(GRAPH, attachment).orThrow().port();
  }

  /** Over addresses, protocol, length and datagram; 0xffff if the checksum is right. */
  private static int sum(ByteBuffer frame) {
    int length = Short.toUnsignedInt(frame.getShort(LENGTH_AT));
    long sum = (long) UDP + length;
    for (int at = ADDRESSES_AT; at < DATAGRAM_AT + length; at += 2) {
      sum += Short.toUnsignedInt(frame.getShort(at));
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) sum;
  }
}
