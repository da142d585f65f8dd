package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.linux.PacketSocket;
import org.universalnode.linux.RouteSocket;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.testbed.Host;

/** Two tenants with the same addresses, who send halves of datagrams with the same numbers. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class SharedFragmentsTest {
  private static final String LAN = "10.0.0.2/24";
  private static final String WAN = "198.51.100.2/24";
  private static final String SERVER = "198.51.100.2";
  private static final String FIREWALL =
      """
      { "id": "f", "functional-capability": "firewall",
        "configuration": { "rules": [{ "action": "deny", "protocol": "tcp" }] },
        "ports": [{ "id": "lan:0" }, { "id": "wan:0" }] }""";
  private static final String NAT =
      """
      { "id": "f", "functional-capability": "nat",
        "ports": [{ "id": "lan:0", "unify-ip": "10.0.0.1/24" },
                  { "id": "wan:0", "unify-ip": "198.51.100.10/24" }] }""";
  private static final int HALF = 16;
  private static final int DATAGRAM = 8 + 2 * HALF;
  private static final int MORE = 0x2000;

  @TempDir Path state;

  @Test
  void aSharedNatPutsTogetherOnlyWhatIsOfOneTenant() throws IOException {
    try (Lab lab = shared("nat", NAT, LAN, WAN, LAN, WAN)) {
      for (int tenant = 0; tenant < 2; tenant++) {
        lab.host(2 * tenant).route("198.51.100.0/24", "10.0.0.1");
        assertThat(lab.host(2 * tenant).connect(lab.host(2 * tenant + 1), SERVER, 80)).isPresent();
      }
      halvesMeetOnlyTheirOwn(lab, "10.0.0.1", SERVER);
    }
  }

  @Test
  void aSharedFirewallPutsTogetherOnlyWhatIsOfOneTenant() throws IOException {
    String server = "10.0.0.3";
    String wan = server + "/24";
    try (Lab lab = shared("firewall", FIREWALL, LAN, wan, LAN, wan)) {
      for (int tenant = 0; tenant < 2; tenant++) {
        Host lan = lab.host(2 * tenant);
        assertThat(Datagrams.between(lan, lab.host(2 * tenant + 1), server).arriving(53))
            .containsExactly(53);
      }
      halvesMeetOnlyTheirOwn(lab, server, server);
    }
  }

  private static void halvesMeetOnlyTheirOwn(Lab lab, String nextHop, String server)
      throws IOException {
    try (Sender one = Sender.of(lab.host(0), nextHop, server);
        Sender other = Sender.of(lab.host(2), nextHop, server);
        DatagramChannel atOne = lab.host(1).udp(5000);
        DatagramChannel atOther = lab.host(3).udp(5000)) {
      one.first(7, 'a');
      other.second(7, 'b');
      assertThat(Host.receive(atOther)).isEmpty();
      assertThat(Host.receive(atOne)).isEmpty();
      other.first(7, 'b');
      assertThat(Host.receive(atOther)).contains("b".repeat(2 * HALF));
      one.second(7, 'a');
      assertThat(Host.receive(atOne)).contains("a".repeat(2 * HALF));
    }
  }

  private Lab shared(String capability, String function, String... addresses) {
    Lab lab = new Lab(state, new RunningPolicy(List.of(), Set.of(capability)), addresses);
    for (int tenant = 0; tenant < 2; tenant++) {
      lab.apply(
          "t" + tenant,
          new Graph()
              .endPoint("lan", lab.host(2 * tenant))
              .endPoint("wan", lab.host(2 * tenant + 1))
              .function(function)
              .join("endpoint:lan", "vnf:f:lan:0")
              .join("vnf:f:wan:0", "endpoint:wan"));
    }
    return lab;
  }

  /** Sends halves of datagrams from 10.0.0.2 to port 5000 of a server. */
  private static final class Sender implements AutoCloseable {
    private final PacketSocket socket;
    private final int link;
    private final byte[] header;

    private Sender(PacketSocket socket, int link, byte[] header) {
      this.socket = socket;
      this.link = link;
      this.header = header;
    }

    static Sender of(Host host, String nextHop, String server) {
      String known = HostProcess.output(host, List.of("ip", "neigh", "show", nextHop));
      String mac = known.replaceAll("(?s).*lladdr ([0-9a-f:]+).*", "$1");
      try (RouteSocket route = host.namespace().routeSocket()) {
        int link = route.link("eth0").orElseThrow().index();
        ByteBuffer header = ByteBuffer.allocate(34);
        header
            .put(HexFormat.ofDelimiter(":").parseHex(mac))
            .put(new byte[] {2, 0, 0, 0, 0, 1})
            .putShort((short) 0x0800);
        header.put((byte) 0x45).position(22).put((byte) 64).put((byte) 17).position(26);
        header.put(new byte[] {10, 0, 0, 2});
        for (String part : server.split("\\.", -1)) {
          header.put((byte) Integer.parseInt(part));
        }
        return new Sender(host.namespace().call(PacketSocket::open), link, header.array());
      }
    }

    void first(int number, char letter) {
      ByteBuffer body = ByteBuffer.allocate(8 + HALF);
      body.putShort((short) 4000)
          .putShort((short) 5000)
          .putShort((short) DATAGRAM)
          .putShort((short) 0);
      body.put(String.valueOf(letter).repeat(HALF).getBytes(US_ASCII));
      send(number, MORE, body.array());
    }

    void second(int number, char letter) {
      send(number, (8 + HALF) / 8, String.valueOf(letter).repeat(HALF).getBytes(US_ASCII));
    }

    private void send(int number, int offset, byte[] body) {
      ByteBuffer frame = ByteBuffer.allocate(header.length + body.length).put(header).put(body);
      frame.putShort(16, (short) (20 + body.length)).putShort(18, (short) number);
      frame.putShort(20, (short) offset).putShort(24, checksum(frame));
      socket.send(link, frame.array());
    }

    private static short checksum(ByteBuffer frame) {
      int sum = 0;
      for (int at = 14; at < 34; at += 2) {
        sum += Short.toUnsignedInt(frame.getShort(at));
      }
      sum = (sum & 0xffff) + (sum >>> 16);
      return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
