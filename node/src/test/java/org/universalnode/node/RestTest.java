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
import java.util.List;
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
    "POST, /capabilities, 405",
    "GET, /capabilities, 200",
    "PUT, /NF-FG/a%2Fb, 400",
    "POST, /NF-FG/plan, 400",
    "GET, /NF-FG/plan, 404",
    "PATCH, /NF-FG/plan, 405",
    "POST, /NF-FG/absent/plan, 404",
    "GET, /NF-FG/absent/plan, 405",
    "POST, /NF-FG/status/plan, 404",
    "GET, /NF-FG/status/plan, 404",
    "POST, /NF-FG/absent/trace, 404",
    "GET, /NF-FG/absent/trace, 405",
    "GET, /NF-FG/absent/counters, 404",
    "POST, /NF-FG/absent/counters, 405",
    "POST, /NF-FG/status/trace, 404",
    "GET, /NF-FG/status/counters, 404",
    "POST, /NF-FG/status/absent, 405",
    "POST, /metrics, 405",
    "GET, /metrics/more, 404",
    "GET, /functions/more, 404",
    "GET, //NF-FG//, 200",
    "GET, /health/, 200"
  })
  void everyPathAndMethodHasItsStatus(String method, String path, int status) {
    HttpResponse<String> answer = lab.call(node.port(), method, path, "");
    assertThat(answer.statusCode()).isEqualTo(status);
    if (status != 200) {
      JsonObject problem = parsed(answer.body());
      assertThat(problem.get("detail").getAsString()).isNotEmpty();
    }
  }

  @Test
  void aNewGraphIsPlanned() {
    HttpResponse<String> answer = lab.call(node.port(), "POST", "/NF-FG/plan", lab.chain("wire"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Server-Timing").orElse("")).startsWith("plan;dur=");
    JsonObject expected =
        parsed(
            """
            {"changes": true, "cosmetic": false, "graph": "created", "notes": false,
             "functions": {
               "start": [{"id": "f0", "template": "wire", "vnf-type": "native",
                          "isolation": "network", "aspects": []}],
               "update": [], "replace": [], "stop": [], "keep": []},
             "end-points": {
               "added": [{"id": "lan", "type": "interface", "interface": "LAN"},
                         {"id": "wan", "type": "interface", "interface": "WAN"}],
               "removed": [], "changed": [], "kept": 0},
             "flow-rules": {
               "added": [{"id": "0"}, {"id": "0-back"}, {"id": "2"}, {"id": "2-back"}],
               "removed": [], "changed": [], "kept": 0},
             "interfaces": {"taken": ["LAN", "WAN"], "given-back": []},
             "links": {"added": 4, "removed": 0, "kept": 0},
             "steps": ["make the LSI", "make function f0", "start function f0",
                       "plug LAN", "plug WAN", "make link to endpoint:lan",
                       "make link to endpoint:wan", "make link to vnf:f0:p:0",
                       "make link to vnf:f0:p:1", "switch rules"],
             "resources": {"memory-mb": 32, "processes": 512}}
            """
                .replace("LAN", lab.lan.cable())
                .replace("WAN", lab.wan.cable()));
    JsonObject plan = parsed(answer.body());
    assertThat(plan.remove("milliseconds").getAsDouble()).isPositive();
    assertThat(plan.remove("implementations").getAsJsonObject().get("cost").getAsLong())
        .isPositive();
    assertThat(plan).isEqualTo(expected);
    assertThat(lab.traces()).isEmpty();
  }

  @Test
  void nothingIsPlannedForAHeadRequest() {
    HttpResponse<String> answer = lab.call(node.port(), "HEAD", "/NF-FG/g/plan", "");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void aPlanIsRefusedWithTheProblemsOfApplying() {
    String wrong = lab.graph("absent0", "lo", List.of("teleporter", "wire"));
    HttpResponse<String> plan = lab.call(node.port(), "POST", "/NF-FG/plan", wrong);
    HttpResponse<String> apply = lab.call(node.port(), "PUT", "/NF-FG/g", wrong);
    assertThat(parsed(plan.body()).getAsJsonArray("problems")).hasSize(3);
    assertThat(plan.statusCode()).isEqualTo(apply.statusCode());
    assertThat(plan.body()).isEqualTo(apply.body());
  }

  @Test
  void textThatIsNoJsonIsRefusedWithItsPlace() {
    HttpResponse<String> answer = lab.call(node.port(), "PUT", "/NF-FG/g", "{\"a\":\n [}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(parsed(answer.body()).get("line").getAsInt()).isEqualTo(2);
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

  private static JsonObject parsed(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      String text = request + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
