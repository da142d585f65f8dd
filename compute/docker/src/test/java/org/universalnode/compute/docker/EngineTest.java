package org.universalnode.compute.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** Answers of engines, good and bad, over a real socket. */
class EngineTest {
  private static final Duration LIMIT = Duration.ofMillis(500);

  @TempDir Path folder;

  @Test
  void chunksAndLengthsSayWhereAnAnswerEnds() {
    String chunks = "5;x=y\r\n{\"a\":\r\n4\r\n\"b\"}\r\n0\r\n\r\n";
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".concat(chunks);
    assertThat(ask(chunked).at("a").text()).isEqualTo("b");
    String counted = "HTTP/1.1 201 Created\r\ncontent-length: 9\r\n\r\n{\"a\":\"b\"}ignored";
    assertThat(ask(counted).at("a").text()).isEqualTo("b");
    assertThat(ask("HTTP/1.1 200 OK\r\n\r\n{\"a\":7}").at("a").number()).isEqualTo(7);
    assertThat(ask("HTTP/1.1 204 No Content\r\n\r\n").at("a").text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        "HTTP/1.1 200 OK\r\nno header\r\n\r\n"
      })
  void whatIsNoAnswerIsUnavailability(String said) {
    assertThat(failure(said).code()).isEqualTo(Problem.Code.UNAVAILABLE);
  }

  @Test
  void anEndlessLineIsNotKept() {
    String said = "HTTP/1.1 200 " + "x".repeat(1 << 20);
    assertThat(failure(said).code()).isEqualTo(Problem.Code.UNAVAILABLE);
  }

  @Test
  void refusalsKeepTheirKindAndTheirWords() {
    String body = "{\"message\":\"name in use\"}";
    Problem told =
        failure("HTTP/1.1 409 C\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    assertThat(told.code()).isEqualTo(Problem.Code.CONFLICT);
    assertThat(told.detail()).contains("name in use");
    assertThat(failure("HTTP/1.1 500 E\r\n\r\n<html>").code()).isEqualTo(Problem.Code.KERNEL);
  }

  @Test
  void whoDoesNotAnswerIsNotWaitedForLong() throws IOException {
    Path socket = folder.resolve("s");
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket));
      Engine engine = new Engine(socket, LIMIT);
      long begin = System.nanoTime();
      assertThatThrownBy(() -> engine.ask(engine.get("/info")))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.first().code()).isEqualTo(Problem.Code.TIMEOUT));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void whereNobodyListensIsNoEngine() {
    Engine engine = new Engine(folder.resolve("nobody"), LIMIT);
    assertThatThrownBy(() -> engine.ask(engine.get("/info")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.first().code()).isEqualTo(Problem.Code.UNAVAILABLE));
  }

  @Test
  void framesOfAStreamAreReadWholeOrNotAtAll() throws IOException {
    byte[] good = {1, 0, 0, 0, 0, 0, 0, 2, 'h', 'i'};
    RawStream stream = new RawStream(new ByteArrayInputStream(good));
    assertThat(stream.next()).hasValueSatisfying(bytes -> assertThat(bytes).hasSize(2));
    assertThat(stream.next()).isEmpty();
    byte[] cut = {1, 0, 0, 0, 0, 0, 0, 2, 'h'};
    assertThatThrownBy(() -> new RawStream(new ByteArrayInputStream(cut)).next())
        .isInstanceOf(IOException.class);
    byte[] huge = {1, 0, 0, 0, 127, 0, 0, 0};
    assertThatThrownBy(() -> new RawStream(new ByteArrayInputStream(huge)).next())
        .isInstanceOf(IOException.class);
  }

  private Problem failure(String said) {
    try {
      ask(said);
    } catch (ProblemException e) {
      return e.first();
    }
    throw new AssertionError("no problem");
  }

  /** Asks an engine that says that and hangs up. */
  private Answer ask(String said) {
    Path socket = folder.resolve("s" + System.nanoTime());
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread answering = Thread.ofVirtual().start(() -> answer(server, said));
      Engine engine = new Engine(socket, Duration.ofSeconds(20));
      try {
        return engine.ask(engine.get("/containers/json"));
      } finally {
        answering.interrupt();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(ServerSocketChannel server, String said) {
    try (SocketChannel channel = server.accept()) {
      ByteBuffer request = ByteBuffer.allocate(4096);
      while (!new String(request.array(), StandardCharsets.US_ASCII).contains("\r\n\r\n")) {
        channel.read(request);
      }
      ByteBuffer answer = ByteBuffer.wrap(said.getBytes(StandardCharsets.UTF_8));
      while (answer.hasRemaining()) {
        channel.write(answer);
      }
    } catch (IOException e) {
      return; // the one who asked has heard enough
    }
  }
}
