package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpPeersTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void theUserOfALocalConnectionIsKnown(String address) throws Exception {
    InetAddress loopback = InetAddress.getByName(address);
    int me = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    try (ServerSocket server = new ServerSocket(0, 1, loopback);
        Socket client = new Socket(loopback, server.getLocalPort());
        Socket accepted = server.accept();
        TcpPeers peers = TcpPeers.open()) {
      assertThat(
              peers.user(
                  (InetSocketAddress) accepted.getRemoteSocketAddress(),
                  (InetSocketAddress) accepted.getLocalSocketAddress()))
          .hasValue(me);
      assertThat(client.isConnected()).isTrue();
    }
  }

  @Test
  void aClientThatHasClosedIsNobody() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 1, loopback);
        TcpPeers peers = TcpPeers.open()) {
      Socket client = new Socket(loopback, server.getLocalPort());
      client.getOutputStream().write("DELETE".getBytes(StandardCharsets.US_ASCII));
      client.close();
      try (Socket accepted = server.accept()) {
        assertThat(
                peers.user(
                    (InetSocketAddress) accepted.getRemoteSocketAddress(),
                    (InetSocketAddress) accepted.getLocalSocketAddress()))
            .isEmpty();
      }
    }
  }

  @Test
  void aConnectionThatIsNotThereHasNoUser() {
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    try (TcpPeers peers = TcpPeers.open()) {
      assertThat(peers.user(nobody, nobody)).isEmpty();
    }
  }
}
