package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
  private static final int GRAPHS = 8;
  private static final int TOO_MANY = 8;
  private static final List<String> READS =
      List.of("/health", "/NF-FG", "/NF-FG/g0", "/NF-FG/status/g0", "/functions", "/metrics");

  @TempDir Path folder;
  private final int changes = Capacity.ofMachine().changes();

  /** Each graph's first change hangs in its handler, and the others wait for it. */
  @Test
  void handlersThatHangKeepNobodyFromReading() throws Exception {
    Path pipe = folder.resolve("pipe");
    Lab.run("mkfifo", pipe.toString());
    try (Lab lab = new Lab(folder);
        RandomAccessFile gate = new RandomAccessFile(pipe.toFile(), "rw");
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      lab.slow(pipe);
      Node node = Node.start(lab.options());
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < changes + TOO_MANY; i++) {
        String path = "/NF-FG/g" + i % GRAPHS;
        String graph = lab.island("slow");
        answers.add(clients.submit(() -> lab.call(node.port(), "PUT", path, graph)));
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> answers.stream().filter(Future::isDone).count() == TOO_MANY);
      READS.forEach(path -> isAnsweredSoon(lab, node, path));
      gate.write("\n".repeat(GRAPHS).getBytes(StandardCharsets.US_ASCII));
      check(answers);
      for (int i = 0; i < GRAPHS; i++) {
        lab.call(node.port(), "DELETE", "/NF-FG/g" + i, "");
      }
      node.close();
      assertThat(lab.traces()).isEmpty();
    }
  }

  private static void isAnsweredSoon(Lab lab, Node node, String path) {
    long begin = System.nanoTime();
    assertThat(lab.call(node.port(), "GET", path, "").statusCode()).as(path).isEqualTo(200);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(took).as(path).isLessThan(Duration.ofSeconds(5)); // the handlers hang for longer
  }

  private void check(List<Future<HttpResponse<String>>> answers) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (Future<HttpResponse<String>> answer : answers) {
      int status = answer.get().statusCode();
      statuses.add(status);
      assertThat(answer.get().headers().firstValue("Retry-After").isPresent())
          .isEqualTo(status == 429);
    }
    assertThat(Collections.frequency(statuses, 429)).isEqualTo(TOO_MANY);
    assertThat(Collections.frequency(statuses, 201)).isEqualTo(GRAPHS);
    assertThat(Collections.frequency(statuses, 202)).isEqualTo(changes - GRAPHS);
  }
}
