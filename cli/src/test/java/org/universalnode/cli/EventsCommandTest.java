package org.universalnode.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventsCommandTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
  private static final String FIRST =
      """
      retry: 1000

      id: 41
      event: step
      data: {"number":41,"time":"2026-11-23T02:22:00.123456Z","event":"step","graph":"g1",\
      "step":"start fw","state":"done","done":3,"total":7,"milliseconds":12}

      :

      id: 43
      event: graph
      data: {"time":"2026-11-23T02:22:01Z","event":"graph","graph":"g\\u001b","state":"failed",\
      "reason":"no way"}

      """;
  private static final String SECOND =
      """
      event: missed
      data: {"event":"missed","after":43,"next":90}

      event: later
      data: {"event":"later","x":1}

      """;

  @Test
  void eventsAreToldUntilNobodyReadsAndFollowedAcrossARestart() throws Exception {
    List<String> requests = new ArrayList<>();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ServerSocket node = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread command = follow(node.getLocalPort(), out, "events", "--graph", "g 1", "--after=7");
      requests.add(serve(node, FIRST));
      requests.add(serve(node, SECOND));
      serve(node, ""); // it comes again when it has told all
      command.interrupt();
      command.join();
    }
    assertThat(requests)
        .containsExactly(
            "GET /events?graph=g%201&after=7 HTTP/1.1",
            "GET /events?graph=g%201&after=43 HTTP/1.1");
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            02:22:00.123  g1  [3/7] start fw: done in 12 ms
            -  g\\u001b  graph failed: no way
            -  -  events were lost between the last and this one
            -  -  {"event":"later","x":1}
            """);
  }

  @Test
  void jsonIsOneEventPerLine() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ServerSocket node = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread command = follow(node.getLocalPort(), out, "events", "--json");
      assertThat(serve(node, SECOND)).isEqualTo("GET /events HTTP/1.1");
      serve(node, ""); // it comes again when it has told all
      command.interrupt();
      command.join();
    }
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            {"event":"missed","after":43,"next":90}
            {"event":"later","x":1}
            """);
  }

  @Test
  void whatIsRefusedIsToldAtOnce() {
    try (FakeNode node = new FakeNode()) {
      node.on("GET /events", 429, "{\"detail\":\"too many follow\"}");
      assertThat(Ran.un(node, "events").err()).startsWith("un: too many follow");
      assertThat(Ran.un(node, "events", "--after", "x").status()).isEqualTo(CommandTree.USAGE);
      assertThat(node.requests()).hasSize(1);
    }
  }

  @Test
  void stepsAreShownWhileAGraphIsAppliedOrDeleted() {
    Map<String, String> last = Map.of("Last-Event-ID", "43");
    try (FakeNode node = new FakeNode()) {
      node.on("GET /events", 200, FIRST);
      node.on("PUT /NF-FG/g1", 202, "", last).on("DELETE /NF-FG/g1", 204, "", last);
      Map<String, String> environment = Map.of("UN_URL", node.url());
      Ran applied = Ran.un(environment, "{}", false, "apply", "--watch", "--id", "g1", "-");
      assertThat(applied.out()).isEqualTo("g1 applied\n");
      assertThat(applied.err()).contains("[3/7] start fw: done in 12 ms\n");
      Ran deleted = Ran.un(environment, "", false, "delete", "--watch", "--json", "g1");
      assertThat(deleted.out()).isEqualTo("{\n  \"nffg-uuid\": \"g1\"\n}\n");
      assertThat(deleted.err()).contains("{\"number\":41,");
      assertThat(node.requests())
          .containsExactly("GET /events", "PUT /NF-FG/g1 {}", "GET /events", "DELETE /NF-FG/g1");
    }
  }

  private static Thread follow(int port, OutputStream out, String... arguments) {
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, false, UTF_8),
            new PrintStream(OutputStream.nullOutputStream(), false, UTF_8),
            false,
            Prompt.NOBODY);
    Map<String, String> environment = Map.of("UN_URL", "http://127.0.0.1:" + port);
    return Thread.startVirtualThread(() -> new CommandTree(terminal, environment).run(arguments));
  }

  /** Answers one request with a stream that breaks; returns what was asked for. */
  private static String serve(ServerSocket node, String events) throws Exception {
    try (Socket peer = node.accept()) {
      InputStream in = peer.getInputStream();
      StringBuilder request = new StringBuilder();
      while (!request.toString().endsWith("\r\n\r\n")) {
        request.append(new String(in.readNBytes(1), UTF_8));
      }
      peer.getOutputStream().write((HEAD + events).getBytes(UTF_8));
      return request.substring(0, request.indexOf("\r\n"));
    }
  }
}
