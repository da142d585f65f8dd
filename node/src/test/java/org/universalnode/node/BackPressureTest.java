package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.node.rest.Capacity;

/** A node of which everybody wants something at the same time. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class BackPressureTest {
  private static final int TOO_MANY = 8;

  @TempDir Path folder;

  @Test
  void handlersThatHangKeepNobodyFromReading() throws Exception {
    int changes = Capacity.ofMachine().changes();
    Path gate = folder.resolve("gate");
    try (Lab lab = new Lab(folder);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      lab.slow(gate);
      Node node = Node.start(lab.options());
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < changes + TOO_MANY; i++) {
        String path = "/NF-FG/g" + i;
        String graph = lab.island("slow");
        answers.add(clients.submit(() -> lab.call(node.port(), "PUT", path, graph)));
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> answers.stream().filter(Future::isDone).count() == TOO_MANY);
      for (String path :
          List.of("/health", "/NF-FG", "/NF-FG/g0", "/NF-FG/status/g0", "/functions", "/metrics")) {
        long begin = System.nanoTime();
        int status = lab.call(node.port(), "GET", path, "").statusCode();
        assertThat(status).as(path).isIn(200, 404);
        assertThat(System.nanoTime() - begin).as(path).isLessThan(Duration.ofSeconds(2).toNanos());
      }
      Files.createFile(gate);
      List<Integer> statuses = new ArrayList<>();
      for (Future<HttpResponse<String>> answer : answers) {
        statuses.add(answer.get().statusCode());
        assertThat(answer.get().headers().firstValue("Retry-After").isPresent())
            .isEqualTo(answer.get().statusCode() == 429);
      }
      assertThat(statuses.stream().filter(status -> status == 201)).hasSize(changes);
      assertThat(statuses.stream().filter(status -> status == 429)).hasSize(TOO_MANY);
      for (int i = 0; i < statuses.size(); i++) {
        int expected = statuses.get(i) == 201 ? 204 : 404;
        assertThat(lab.call(node.port(), "DELETE", "/NF-FG/g" + i, "").statusCode())
            .isEqualTo(expected);
      }
      node.close();
      assertThat(lab.traces()).isEmpty();
    }
  }
}
