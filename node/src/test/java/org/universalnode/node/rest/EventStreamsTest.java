package org.universalnode.node.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.universalnode.node.event.EventLog;
import org.universalnode.node.event.NodeEvent;
import org.universalnode.node.event.NodeEvent.Drift;
import org.universalnode.node.event.NodeEvent.StepProgress;
import org.universalnode.node.event.NodeEvent.StepState;

/** Events over real connections. */
class EventStreamsTest {
  private static final EventStreams.Pace QUICK =
      new EventStreams.Pace(Duration.ofMillis(100), Duration.ofMillis(200));
  private static final EventStreams.Pace CALM =
      new EventStreams.Pace(Duration.ofMinutes(5), Duration.ofSeconds(10));

  private final EventLog log = new EventLog();
  private EventStreams streams = new EventStreams(log, 3, CALM);
  private final Served server =
      new Served(new Capacity(4, 4, 8, 3), request -> streams.answer(request, Viewer.OF_ALL));

  @AfterEach
  void stop() {
    streams.close();
    server.close();
    assertThat(streams.count()).isZero();
  }

  @Test
  void eventsCarryNumberTimeKindAndDetail() throws IOException {
    try (Served.Lines lines = server.follow("/events")) {
      assertThat(lines.answer().headers().firstValue("Content-Type")).contains("text/event-stream");
      assertThat(lines.block()).containsExactly("retry: 1000", "id: " + log.newest());
      log.publish(new StepProgress("g\n1", "start \"fw\"", StepState.DONE, 3, 7, 12));
      List<String> block = lines.block();
      assertThat(block).hasSize(3).startsWith("id: " + log.newest(), "event: step");
      JsonObject data = json(block.getLast());
      assertThat(data.remove("time").getAsString()).matches("\\d{4}-.*T.*Z");
      assertThat(data.toString())
          .isEqualTo(
              "{\"number\":%d,\"event\":\"step\",\"graph\":\"g\\n1\",\"step\":\"start \\\"fw\\\"\","
                      .formatted(log.newest())
                  + "\"state\":\"done\",\"done\":3,\"total\":7,\"milliseconds\":12}");
    }
  }

  @Test
  void everyKindHasItsName() throws IOException {
    log.publish(new NodeEvent.GraphPhase("g", "active", ""));
    log.publish(new NodeEvent.FunctionState("g", "f", "running", ""));
    log.publish(new Drift("g", "veth", 3));
    log.publish(new NodeEvent.Node(NodeEvent.NodeState.STARTED));
    try (Served.Lines lines = server.follow("/events?after=0")) {
      lines.block();
      for (String kind : List.of("graph", "function", "drift", "node")) {
        assertThat(lines.block()).contains("event: " + kind);
      }
    }
  }

  @Test
  void whoComesAgainGetsWhatItDoesNotKnow() throws IOException {
    drift(5);
    String known = String.valueOf(log.newest() - 2);
    try (Served.Lines header = server.follow("/events?after=1", "Last-Event-ID", known);
        Served.Lines query = server.follow("/events?after=" + known)) {
      for (Served.Lines lines : List.of(header, query)) {
        assertThat(lines.block()).containsExactly("retry: 1000");
        assertThat(lines.block().getFirst()).isEqualTo("id: " + (log.newest() - 1));
        assertThat(lines.block().getFirst()).isEqualTo("id: " + log.newest());
      }
    }
    assertThat(server.call("GET", "/events?after=x").statusCode()).isEqualTo(400);
  }

  @Test
  void whoComesTooLateIsTold() throws IOException {
    long first = log.newest() + 1;
    drift(EventLog.KEPT + 10);
    for (long after : new long[] {first, 77, log.newest() + 5}) {
      try (Served.Lines lines = server.follow("/events?after=" + after)) {
        lines.block();
        List<String> block = lines.block();
        assertThat(block).hasSize(2).startsWith("event: missed");
        assertThat(json(block.getLast()).get("after").getAsLong()).isEqualTo(after);
        assertThat(json(block.getLast()).get("next").getAsLong()).isEqualTo(first + 10);
        assertThat(lines.block()).startsWith("id: " + (first + 10));
      }
    }
  }

  @Test
  void eventsOfOneGraphCanBeAskedFor() throws IOException {
    try (Served.Lines lines = server.follow("/events?graph=b")) {
      lines.block();
      log.publish(new Drift("a", "x", 1));
      assertThat(lines.block()).as("of others the number").containsExactly("id: " + log.newest());
      log.publish(new Drift("b", "y", 1));
      assertThat(lines.block()).contains("event: drift");
    }
  }

  @Test
  void whoeverIsOneTooManyIsAskedToComeAgain() throws IOException {
    try (Served.Lines _ = server.follow("/events");
        Served.Lines _ = server.follow("/events");
        Served.Lines _ = server.follow("/events")) {
      try (Served.Lines refused = server.follow("/events")) {
        assertThat(refused.answer().statusCode()).isEqualTo(429);
        assertThat(refused.answer().headers().firstValue("Retry-After")).contains("1");
      }
      assertThat(server.call("HEAD", "/events").statusCode()).isEqualTo(200);
    }
    try (Served.Lines lines = server.follow("/events")) {
      assertThat(lines.answer().statusCode()).as("in place of one that is gone").isEqualTo(200);
    }
  }

  @Test
  void aStreamOnWhichNothingHappensIsKeptAliveUntilItsClientIsGone() throws IOException {
    streams = new EventStreams(log, 3, QUICK);
    try (Served.Lines lines = server.follow("/events")) {
      lines.block();
      assertThat(lines.block()).containsExactly(":");
      assertThat(lines.block()).containsExactly(":");
    }
    await().untilAsserted(() -> assertThat(streams.count()).isZero());
  }

  @Test
  void whoDoesNotReadIsHungUpOnAndHoldsNobodyUp() throws IOException {
    streams = new EventStreams(log, 3, QUICK);
    try (Socket _ = server.connected("/events");
        Served.Lines reader = server.follow("/events")) {
      await().untilAsserted(() -> assertThat(streams.count()).isEqualTo(2));
      long begin = System.nanoTime();
      long published = 0;
      String text = "x".repeat(900);
      while (streams.count() == 2) {
        log.publish(new Drift("g", text, published++));
        reader.block();
        assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(60).toNanos());
      }
      assertThat(published).isGreaterThan(100);
      assertThat(streams.count()).isEqualTo(1);
    }
  }

  @Test
  void theEndOfTheNodeEndsAllStreamsWithItsLastWords() throws IOException {
    try (Served.Lines lines = server.follow("/events")) {
      lines.block();
      log.publish(new NodeEvent.Node(NodeEvent.NodeState.STOPPING));
      long begin = System.nanoTime();
      streams.close();
      assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(2).toNanos());
      assertThat(json(lines.block().getLast()).get("state").getAsString()).isEqualTo("stopping");
      assertThat(lines.reader().readLine()).isNull();
    }
  }

  private void drift(int count) {
    for (int i = 0; i < count; i++) {
      log.publish(new Drift("g", "part", i));
    }
  }

  private static JsonObject json(String data) {
    assertThat(data).startsWith("data: ");
    return JsonParser.parseString(data.substring("data: ".length())).getAsJsonObject();
  }
}
