package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody sets the clock ten years on, and back: of a node whose calls for the time of day get
 * another answer ({@code clock.c}). What the kernel notes, such as when a file was changed, does
 * not follow it.
 */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class ClockJumpTest {
  private static final long TEN_YEARS = Duration.ofDays(3650).toSeconds();
  private static final Duration SOON = Duration.ofSeconds(8);

  /** So long after its start the end of a process is a loss, however it ended. */
  private static final Duration SETTLED = Duration.ofSeconds(11);

  private static final String GUEST =
      """
      #!/bin/sh
      setsid sleep 1000 &
      setsid sh -c 'while [ -e STAY ]; do sleep 0.1; done' &
      """;

  @TempDir Path folder;
  private Path shift;
  private Path stay;
  private Map<String, String> environment;

  @BeforeEach
  void compileTheClock() throws IOException {
    shift = folder.resolve("shift");
    stay = folder.resolve("stay");
    set(0);
    Path clock = folder.resolve("clock.so");
    Lab.run("clang", "-shared", "-fPIC", "-O1", "-o", clock.toString(), "src/test/c/clock.c");
    environment = Map.of("LD_PRELOAD", clock.toString(), "CLOCK_SHIFT", shift.toString());
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void onlyTimesOfDayAreOthersWhenTheClockIsSet() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.function("guest", GUEST.replace("STAY", stay.toString()), "");
      Running node = Running.start(lab, environment);
      try {
        changesAndRepairsWork(lab, node);
        whatBelongsToAStartIsNoLoss(lab, node);
        whatEndsLaterIsALoss(lab, node);
      } finally {
        node.stop();
      }
      Running next = Running.start(lab, environment);
      for (String graph : List.of("g1", "guests")) {
        assertThat(lab.call(next.port(), "DELETE", "/NF-FG/" + graph, "").statusCode())
            .isEqualTo(204);
      }
      next.stop();
      assertThat(lab.traces()).isEmpty();
    }
  }

  @Test
  void eventsGoOnWithoutAGapAndTheNextLifeTellsThemToWhoKnowsGreaterNumbers() throws Exception {
    try (Lab lab = new Lab(folder)) {
      set(TEN_YEARS);
      String before = events(lab, "");
      assertThat(times(before)).anyMatch(time -> time > 2030).anyMatch(time -> time < 2030);
      List<Long> numbers = numbers(before);
      assertThat(new TreeSet<>(numbers)).containsExactlyElementsOf(numbers);
      assertThat(numbers.getLast() - numbers.getFirst()).isEqualTo(numbers.size() - 1);
      String after = events(lab, numbers.getLast().toString());
      assertThat(numbers(after).getLast()).isLessThan(numbers.getFirst());
      assertThat(after).contains("\"state\":\"started\"", "\"state\":\"active\"");
    }
  }

  private void changesAndRepairsWork(Lab lab, Running node) throws IOException {
    for (long seconds : new long[] {0, TEN_YEARS, -TEN_YEARS}) {
      set(seconds);
      long begin = System.nanoTime();
      String graph = lab.chain("wire {\"x\":" + seconds + "}");
      assertThat(lab.call(node.port(), "PUT", "/NF-FG/g1", graph).statusCode()).isLessThan(300);
      List<Long> processes = processes(lab, node, "g1");
      ProcessHandle.of(processes.getFirst()).orElseThrow().destroyForcibly();
      await()
          .atMost(SOON)
          .until(
              () ->
                  state(lab, node, "g1").equals("active")
                      && !processes(lab, node, "g1").equals(processes)
                      && lab.connected(7000));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON.multipliedBy(2));
    }
    set(0);
  }

  private void whatBelongsToAStartIsNoLoss(Lab lab, Running node) throws IOException {
    List<Long> guests = guests(lab, node);
    set(TEN_YEARS);
    Files.delete(stay);
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    assertThat(processes(lab, node, "guests")).isEqualTo(guests.subList(0, 1));
    lab.call(node.port(), "DELETE", "/NF-FG/guests", "");
    set(0);
  }

  private void whatEndsLaterIsALoss(Lab lab, Running node) throws IOException {
    List<Long> guests = guests(lab, node);
    set(-TEN_YEARS);
    LockSupport.parkNanos(SETTLED.toNanos());
    Files.delete(stay);
    await().atMost(SOON).until(() -> !processes(lab, node, "guests").contains(guests.getFirst()));
    await().atMost(SOON).until(() -> state(lab, node, "guests").equals("active"));
  }

  /** A graph with two processes, of which the second ends well when its file is gone. */
  private List<Long> guests(Lab lab, Running node) throws IOException {
    Files.writeString(stay, "");
    var made = lab.call(node.port(), "PUT", "/NF-FG/guests", lab.island("guest"));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return processes(lab, node, "guests");
  }

  /** Without those that come and go. */
  private static List<Long> processes(Lab lab, Running node, String graph) {
    String status = lab.call(node.port(), "GET", "/NF-FG/status/" + graph, "").body();
    return JsonParser.parseString(status)
        .getAsJsonObject()
        .getAsJsonArray("functions")
        .get(0)
        .getAsJsonObject()
        .getAsJsonArray("processes")
        .asList()
        .stream()
        .map(JsonElement::getAsLong)
        .filter(ClockJumpTest::isLasting)
        .sorted()
        .toList();
  }

  private static boolean isLasting(long pid) {
    try {
      String command = Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"));
      return !command.startsWith("sleep\0000.1");
    } catch (IOException e) {
      return false; // gone meanwhile
    }
  }

  private static String state(Lab lab, Running node, String graph) {
    String status = lab.call(node.port(), "GET", "/NF-FG/status/" + graph, "").body();
    return JsonParser.parseString(status).getAsJsonObject().get("state").getAsString();
  }

  /** What a life of a node tells in which the clock is set back. */
  private String events(Lab lab, String last) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Running node = Running.start(lab, environment);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/events"));
      HttpResponse<InputStream> stream =
          http.send(
              (last.isEmpty() ? request : request.header("Last-Event-ID", last)).build(),
              BodyHandlers.ofInputStream());
      lab.call(node.port(), "PUT", "/NF-FG/g1", lab.island("wire"));
      set(-TEN_YEARS);
      lab.call(node.port(), "DELETE", "/NF-FG/g1", "");
      node.stop();
      return new String(stream.body().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<Long> numbers(String events) {
    return events
        .lines()
        .filter(line -> line.startsWith("id: "))
        .map(line -> Long.valueOf(line.substring(4).strip()))
        .toList();
  }

  private static List<Integer> times(String events) {
    return events
        .lines()
        .filter(line -> line.startsWith("data: ") && line.contains("\"time\":\""))
        .map(line -> line.replaceFirst(".*\"time\":\"(-?[0-9]+)-.*", "$1"))
        .map(Integer::valueOf)
        .toList();
  }

  /** In place: the node looks at it all the time. */
  private void set(long seconds) throws IOException {
    byte[] bytes =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(seconds).array();
    Files.write(shift, bytes, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
