package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What a running node tells those who follow it. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class NodeEventsTest {
  @TempDir Path folder;

  @Test
  void aNodeTellsThatItStartsAndStopsAndThenHangsUp() throws Exception {
    try (Lab lab = new Lab(folder);
        HttpClient http = HttpClient.newHttpClient()) {
      Node node = Node.start(lab.options());
      URI events = URI.create("http://127.0.0.1:" + node.port() + "/events?after=0");
      HttpResponse<InputStream> stream =
          http.send(HttpRequest.newBuilder(events).build(), BodyHandlers.ofInputStream());
      assertThat(stream.statusCode()).isEqualTo(200);
      long begin = System.nanoTime();
      node.close();
      assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(5).toNanos());
      String told = new String(stream.body().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(told)
          .containsSubsequence(
              "event: node\ndata: {", "\"state\":\"started\"", "\"state\":\"stopping\"")
          .doesNotContain("missed");
    }
  }

  @Test
  void theStepsOfAChangeAreToldUpToTheEventThatItsAnswerNames() throws Exception {
    try (Lab lab = new Lab(folder);
        HttpClient http = HttpClient.newHttpClient()) {
      Node node = Node.start(lab.options());
      URI events = URI.create("http://127.0.0.1:" + node.port() + "/events?graph=g");
      HttpResponse<InputStream> stream =
          http.send(HttpRequest.newBuilder(events).build(), BodyHandlers.ofInputStream());
      lab.call(node.port(), "PUT", "/NF-FG/other", lab.island("wire"));
      String made = last(lab.call(node.port(), "PUT", "/NF-FG/g", lab.island("wire")));
      String failed = last(lab.call(node.port(), "PUT", "/NF-FG/g", lab.island("broken")));
      String gone = last(lab.call(node.port(), "DELETE", "/NF-FG/g", ""));
      lab.call(node.port(), "DELETE", "/NF-FG/other", "");
      node.close();
      String told = new String(stream.body().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(failed).isEmpty();
      assertThat(told)
          .containsSubsequence(
              "\"state\":\"deploying\"",
              "\"step\":\"start function f0\",\"state\":\"began\"",
              "\"step\":\"start function f0\",\"state\":\"done\"",
              "id: " + made,
              "\"state\":\"active\"",
              "\"state\":\"failed\",\"done\"",
              "\"state\":\"undone\"",
              "\"state\":\"deleting\"",
              "id: " + gone,
              "\"state\":\"deleted\"")
          .doesNotContain("\"other\"", "missed");
    }
  }

  private static String last(HttpResponse<String> answer) {
    return answer.headers().firstValue("Last-Event-ID").orElse("");
  }
}
