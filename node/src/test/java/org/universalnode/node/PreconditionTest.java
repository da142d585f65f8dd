package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Changes that are made only to the graph that their client has seen. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class PreconditionTest {
  @TempDir Path folder;
  private Lab lab;
  private Node node;

  @BeforeEach
  void startANode() {
    lab = new Lab(folder);
    node = Node.start(lab.options());
  }

  @AfterEach
  void nothingIsLeft() {
    try (Lab last = lab) {
      call("DELETE", "");
      node.close();
      assertThat(last.traces()).isEmpty();
    }
  }

  @Test
  void theTagIsTheSameWhereverTheGraphIsTheSame() {
    String created = tag(call("PUT", named("a")));
    assertThat(created).matches("\"[0-9a-f]{32}\"");
    assertThat(tag(call("GET", ""))).isEqualTo(created);
    String list = lab.call(node.port(), "GET", "/NF-FG", "").body();
    assertThat(
            JsonParser.parseString(list)
                .getAsJsonObject()
                .getAsJsonArray("NF-FG")
                .get(0)
                .getAsJsonObject()
                .get("etag")
                .getAsString())
        .isEqualTo(created);
    assertThat(tag(call("PUT", named("b")))).isNotEqualTo(created);
    assertThat(tag(call("PUT", named("a")))).isEqualTo(created);
    node.close();
    node = Node.start(lab.options());
    assertThat(tag(call("GET", ""))).as("after a restart").isEqualTo(created);
  }

  @Test
  void aClientThatHasTheGraphGetsNoBody() {
    String tag = tag(call("PUT", named("a")));
    HttpResponse<String> same = call("GET", "", "If-None-Match", tag);
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(tag(same)).isEqualTo(tag);
    assertThat(call("GET", "", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void aGraphThatHasChangedIsNeitherChangedNorDeleted() {
    String old = tag(call("PUT", named("a")));
    String now = tag(call("PUT", named("b"), "If-Match", old));
    for (String method : List.of("PUT", "DELETE")) {
      HttpResponse<String> refused = call(method, named("c"), "If-Match", old);
      assertThat(refused.statusCode()).isEqualTo(412);
      assertThat(tag(refused)).isEqualTo(now);
      assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(refused.body()).contains("\"PRECONDITION\"", now.replace("\"", "\\\""));
    }
    assertThat(call("GET", "").body()).contains("\"b\"");
    assertThat(call("DELETE", "", "If-Match", "W/" + now).statusCode()).isEqualTo(412);
    assertThat(call("DELETE", "", "If-Match", "\"x\", " + now).statusCode()).isEqualTo(204);
    assertThat(call("DELETE", "", "If-Match", now).statusCode()).isEqualTo(404);
  }

  @Test
  void aGraphIsMadeOnlyWhereThereIsNone() {
    assertThat(call("PUT", named("a"), "If-Match", "*").statusCode()).isEqualTo(412);
    assertThat(lab.traces()).isEmpty();
    assertThat(call("PUT", named("a"), "If-None-Match", "*").statusCode()).isEqualTo(201);
    assertThat(call("PUT", named("b"), "If-None-Match", "*").statusCode()).isEqualTo(412);
    assertThat(call("PUT", named("b"), "If-Match", "*").statusCode()).isEqualTo(202);
    assertThat(call("PUT", named("b"), "If-Match", "b").statusCode()).isEqualTo(400);
  }

  @Test
  void ofWritersWhoSawTheSameGraphOneWins() throws Exception {
    String tag = tag(call("PUT", named("a")));
    int writers = 8;
    CyclicBarrier start = new CyclicBarrier(writers);
    List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(writers)) {
      for (int i = 0; i < writers; i++) {
        String name = "writer" + i;
        answers.add(
            clients.submit(
                () -> {
                  start.await();
                  return call("PUT", named(name), "If-Match", tag).statusCode();
                }));
      }
    }
    assertThat(answers.stream().map(Future::resultNow).filter(status -> status == 202)).hasSize(1);
    assertThat(answers.stream().map(Future::resultNow).filter(status -> status == 412))
        .hasSize(writers - 1);
  }

  private String named(String name) {
    return lab.island("wire").replace("\"VNFs\"", "\"name\":\"" + name + "\",\"VNFs\"");
  }

  private HttpResponse<String> call(String method, String body, String... headers) {
    return lab.call(node.port(), method, "/NF-FG/g", body, headers);
  }

  private static String tag(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElse("none");
  }
}
