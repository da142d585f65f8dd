package org.universalnode.bench.northbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final byte[] BODY = {'a', '\n', 'b'};

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private URI address;

  @BeforeEach
  void aServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/page",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(200, BODY.length);
          exchange.getResponseBody().write(BODY);
          exchange.close();
        });
    server.start();
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void noServer() {
    server.stop(0);
  }

  @Test
  void everyClientAsksAsOftenAsItShould() {
    Load.Seen seen = new Load(3, 10).on(address, "/page");
    assertThat(asked).hasValue(3 * (Load.FIRST + 10));
    assertThat(seen.median()).isPositive().isLessThanOrEqualTo(seen.p99());
    assertThat(seen.perSecond()).isPositive();
  }

  @Test
  void anAnswerIsReadToItsEnd() throws IOException {
    try (Connection connection = Connection.to(address)) {
      byte[] request = connection.request("/page");
      assertThat(connection.ask(request)).isEqualTo(BODY.length);
      assertThat(connection.ask(request)).isEqualTo(BODY.length);
    }
  }

  @Test
  void aRefusalIsNoAnswer() {
    assertThatThrownBy(() -> new Load(1, 5).on(address, "/other"))
        .isInstanceOf(IllegalStateException.class)
        .cause()
        .hasMessageContaining("404");
  }
}
