package org.universalnode.node.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final CountDownLatch ready = new CountDownLatch(1);
  private final AtomicInteger inside = new AtomicInteger();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final Served server = new Served(new Capacity(5, 2, 8, 1), this::answer);

  @AfterEach
  void stop() {
    ready.countDown();
    clients.close();
    server.close();
  }

  @Test
  void changesThatHangKeepChangesOutAndLetQuestionsIn() throws Exception {
    List<Future<HttpResponse<String>>> hanging = hanging("PUT", "/NF-FG/slow", 2);
    for (String path : List.of("/NF-FG/g", "/NF-FG/g/plan", "/NF-FG/g/functions/f/pause")) {
      HttpResponse<String> refused = server.call("POST", path);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(refused.body()).contains("\"BUSY\"", "changes of graphs");
    }
    assertThat(server.call("DELETE", "/NF-FG/g").statusCode()).isEqualTo(429);
    assertThat(server.call("GET", "/NF-FG/g").statusCode()).isEqualTo(200);
    assertThat(server.call("POST", "/NF-FG/g/trace").statusCode()).isEqualTo(200);
    ready.countDown();
    for (Future<HttpResponse<String>> answer : hanging) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    assertThat(server.call("PUT", "/NF-FG/g").statusCode()).as("places are free").isEqualTo(200);
  }

  @Test
  void questionsAreBoundedToo() throws Exception {
    List<Future<HttpResponse<String>>> hanging = hanging("GET", "/slow", 5);
    assertThat(server.call("GET", "/NF-FG/g").statusCode()).isEqualTo(429);
    assertThat(server.call("PUT", "/NF-FG/g").statusCode()).isEqualTo(429);
    ready.countDown();
    for (Future<HttpResponse<String>> answer : hanging) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(server.call("PUT", "/NF-FG/g").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void bodiesAreBoundedAltogether() throws Exception {
    Future<HttpResponse<String>> large =
        clients.submit(() -> server.call("PUT", "/NF-FG/slow", "x".repeat(7_000)));
    await().until(() -> inside.get() == 1);
    HttpResponse<String> refused = server.call("PUT", "/NF-FG/g", "x".repeat(2_000));
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("kilobytes of requests");
    assertThat(server.call("PUT", "/NF-FG/g", "x".repeat(1_000)).statusCode()).isEqualTo(200);
    ready.countDown();
    assertThat(large.get().statusCode()).isEqualTo(200);
    assertThat(server.call("PUT", "/NF-FG/g", "x".repeat(8_000)).statusCode()).isEqualTo(200);
  }

  private List<Future<HttpResponse<String>>> hanging(String method, String path, int count) {
    List<Future<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add(clients.submit(() -> server.call(method, path)));
    }
    await().until(() -> inside.get() == count);
    return answers;
  }

  private Response answer(Request request) {
    if (request.path().contains("slow")) {
      inside.incrementAndGet();
      try {
        ready.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return Response.text("done");
  }
}
