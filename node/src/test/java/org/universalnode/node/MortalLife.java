package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.universalnode.linux.ProcessStat;

/** The lives of one {@link MortalNode}, one after the other, seen from outside. */
final class MortalLife implements AutoCloseable {
  private static final long LOOK = 1_000_000;

  private final CrashLab crash;
  private final Lab lab;
  private Running node;

  /** Begins its first life. */
  MortalLife(CrashLab crash) {
    this.crash = crash;
    lab = crash.lab();
    node = start("").orElseThrow();
  }

  /** Begins the next one, which may end as ordered before it can be talked to. */
  boolean next(String order) {
    Optional<Running> started = start(order);
    started.ifPresent(running -> node = running);
    return started.isPresent();
  }

  /** What was ordered and has not come does not come. */
  void spare() {
    order("");
  }

  int put(String id, String graph) {
    return tryPut(id, graph).statusCode();
  }

  HttpResponse<String> tryPut(String id, String graph) {
    return lab.call(node.port(), "PUT", "/NF-FG/" + id, graph);
  }

  /** It has to succeed. */
  void make(String id, String graph) {
    HttpResponse<String> answer = tryPut(id, graph);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
  }

  int delete(String id) {
    return lab.call(node.port(), "DELETE", "/NF-FG/" + id, "").statusCode();
  }

  /** The document that the node says it has; empty if there is none. */
  Optional<String> get(String id) {
    HttpResponse<String> answer = lab.call(node.port(), "GET", "/NF-FG/" + id, "");
    return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
  }

  JsonObject status(String id) {
    String body = lab.call(node.port(), "GET", "/NF-FG/status/" + id, "").body();
    return JsonParser.parseString(body).getAsJsonObject();
  }

  /** Numbers and start times of a graph's processes, by function. */
  Map<String, List<String>> processes(String id) {
    Map<String, List<String>> found = new TreeMap<>();
    for (JsonElement function : status(id).getAsJsonArray("functions")) {
      List<String> processes = new ArrayList<>();
      for (JsonElement pid : function.getAsJsonObject().getAsJsonArray("processes")) {
        Optional<ProcessStat> stat = ProcessStat.of(pid.getAsInt());
        processes.add(pid + " since " + stat.map(ProcessStat::startTime).orElse(0L));
      }
      found.put(function.getAsJsonObject().get("id").getAsString(), processes);
    }
    return found;
  }

  /** What happened since the last time this was asked. */
  List<String> journal() {
    Path journal = crash.folder().resolve(MortalNode.JOURNAL);
    try {
      List<String> lines = Files.exists(journal) ? Files.readAllLines(journal) : List.of();
      Files.deleteIfExists(journal);
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks for something in the course of which its process is to end.
   *
   * @return the status of the answer, if it came to that
   */
  Optional<Integer> dieIn(IntSupplier work, String order) throws Exception {
    order(order);
    CompletableFuture<Integer> asked = CompletableFuture.supplyAsync(work::getAsInt);
    Path reached = crash.folder().resolve(MortalNode.REACHED);
    while (!asked.isDone() && !Files.exists(reached) && node.process().isAlive()) {
      LockSupport.parkNanos(LOOK);
    }
    if (Files.exists(reached)) {
      node.kill();
      Files.delete(reached);
    }
    if (asked.isDone() && !asked.isCompletedExceptionally() && node.process().isAlive()) {
      return Optional.of(asked.join());
    }
    node.process().waitFor();
    try {
      return Optional.of(asked.join());
    } catch (CompletionException e) {
      assertThat(node.process().exitValue()).isEqualTo(MortalNode.ENDED);
      return Optional.empty();
    }
  }

  void kill() throws InterruptedException {
    node.kill();
  }

  @Override
  public void close() throws InterruptedException {
    node.kill();
  }

  private Optional<Running> start(String order) {
    order(order);
    List<String> command = new ArrayList<>(Running.command(lab).command());
    command = new ArrayList<>(command.subList(0, command.indexOf(Main.class.getName())));
    command.add(MortalNode.class.getName());
    command.add(lab.options().name());
    command.add(crash.folder().toString());
    command.add(String.join(",", lab.options().interfaces()));
    try {
      Path log = crash.folder().resolve("log");
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return ready(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty if it ended, as ordered, before it was ready. */
  private static Optional<Running> ready(Process process) throws IOException {
    try {
      return Optional.of(Running.ready(process));
    } catch (AssertionError e) {
      if (process.onExit().join().exitValue() == MortalNode.ENDED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void order(String order) {
    try {
      Path file = crash.folder().resolve(MortalNode.ORDER);
      if (order.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        Path unfinished = crash.folder().resolve("order.new");
        Files.writeString(unfinished, order);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
