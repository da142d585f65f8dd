package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the door lets through and how it refuses the rest. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class RestTest {
  @TempDir Path folder;
  private Lab lab;
  private Node node;

  @BeforeEach
  void startANode() {
    lab = new Lab(folder);
    node = Node.start(lab.options());
  }

  @AfterEach
  void stopIt() {
    node.close();
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 404",
    "GET, /NF-FG/absent, 404",
    "GET, /NF-FG/status/absent, 404",
    "DELETE, /NF-FG/absent, 404",
    "GET, /NF-FG/a/functions/b/log, 404",
    "GET, /NF-FG/a/b/c/d/e, 404",
    "PATCH, /NF-FG/a, 405",
    "PUT, /NF-FG, 405",
    "POST, /functions, 405",
    "PUT, /NF-FG/a%2Fb, 400",
    "GET, //NF-FG//, 200",
    "GET, /health/, 200"
  })
  void everyPathAndMethodHasItsStatus(String method, String path, int status) {
    HttpResponse<String> answer = lab.call(node.port(), method, path, "");
    assertThat(answer.statusCode()).isEqualTo(status);
    if (status != 200) {
      JsonObject problem = JsonParser.parseString(answer.body()).getAsJsonObject();
      assertThat(problem.get("detail").getAsString()).isNotEmpty();
    }
  }

  @Test
  void textThatIsNoJsonIsRefusedWithItsPlace() {
    HttpResponse<String> answer = lab.call(node.port(), "PUT", "/NF-FG/g", "{\"a\":\n [}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("line 2");
    assertThat(lab.traces()).isEmpty();
  }

  @Test
  void aBodyBeyondTheLimitIsRefusedAndTheNodeGoesOn() {
    HttpResponse<String> answer =
        lab.call(node.port(), "PUT", "/NF-FG/g", " ".repeat((4 << 20) + 1));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(lab.call(node.port(), "GET", "/health", "").statusCode()).isEqualTo(200);
  }

  @Test
  void webPagesAreRefused() throws IOException {
    assertThat(raw("GET /health HTTP/1.1\r\nHost: localhost\r\nOrigin: http://a.example\r\n"))
        .startsWith("HTTP/1.1 403");
    assertThat(raw("GET /health HTTP/1.1\r\nHost: rebound.example\r\n")).startsWith("HTTP/1.1 403");
    assertThat(raw("GET /health HTTP/1.1\r\nHost: 127.0.0.1:80\r\n")).startsWith("HTTP/1.1 200");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      String text = request + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
