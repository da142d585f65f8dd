package org.universalnode.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** A node as {@code un serve} runs it, in a process of its own, talked to over REST. */
public final class NodeProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofSeconds(20);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Pattern READY = Pattern.compile("un: ready at (http://\\S+)");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final String name;
  private final Programs.Running program;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> graphs = new LinkedHashSet<>();
  private final String address;
  private boolean ended;

  private NodeProcess(String name, Programs.Running program, String address) {
    this.name = name;
    this.program = program;
    this.address = address;
  }

  /**
   * How it runs.
   *
   * @param state folder of its state, whose last part is its name
   * @param interfaces that graphs may use, with commas between
   * @param switchDriver its name
   * @param openVswitch the folder where an Open vSwitch has its files, if one runs
   */
  record Setting(Path state, String interfaces, String switchDriver, Path openVswitch) {}

  /** Starts it; returns when it can be talked to. */
  static NodeProcess start(Programs programs, Path house, Setting setting) {
    if (!Files.exists(house.resolve("dist/built"))) {
      throw Problem.of(Code.NOT_FOUND, "there is no dist/: the node is not built")
          .next("run scripts/build")
          .asException();
    }
    String name = setting.state.getFileName().toString();
    Programs.Running program =
        programs.start(
            Optional.empty(),
            "env",
            "OVS_RUNDIR=" + setting.openVswitch,
            house.resolve("un").toAbsolutePath().toString(),
            "serve",
            "--name=" + name,
            "--listen=127.0.0.1:0",
            "--state=" + setting.state,
            "--interface=" + setting.interfaces,
            "--switch=" + setting.switchDriver);
    try {
      return new NodeProcess(name, program, address(program));
    } catch (RuntimeException e) {
      program.terminate(); // so that it takes what it has in the kernel with it
      program.ended(END);
      throw e;
    }
  }

  /** By which its things in the kernel are known. */
  public String name() {
    return name;
  }

  /** Makes the graph what the document says. */
  public void put(String graph, String document) {
    graphs.add(graph);
    HttpResponse<String> answer = call("PUT", graph, document);
    if (answer.statusCode() >= 400) {
      throw refused("PUT of " + graph, answer);
    }
  }

  public void delete(String graph) {
    HttpResponse<String> answer = call("DELETE", graph, "");
    graphs.remove(graph);
    if (answer.statusCode() >= 400 && answer.statusCode() != 404) {
      throw refused("DELETE of " + graph, answer);
    }
  }

  /** Memory that its process holds, in bytes, without what functions and the kernel hold. */
  public long residentBytes() {
    try {
      String status = Files.readString(Path.of("/proc/" + program.pid() + "/status"));
      Matcher resident = RESIDENT.matcher(status);
      if (!resident.find()) {
        throw new IllegalStateException("no VmRSS in the status of a process");
      }
      return Long.parseLong(resident.group(1)) << 10;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes its graphs and ends it; closing it twice is fine. */
  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    Interrupted.undisturbed(this::removeAll);
  }

  private void removeAll() {
    try (http) {
      List.copyOf(graphs).forEach(this::delete);
    } finally {
      end();
    }
  }

  private void end() {
    program.terminate();
    if (!program.ended(END)) {
      throw Problem.of(Code.TIMEOUT, "the node " + name + " does not end")
          .next("see what it waits for")
          .asException();
    }
  }

  private HttpResponse<String> call(String method, String graph, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/NF-FG/" + graph))
            .timeout(ANSWER)
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw Interrupted.cancelled();
    }
  }

  private static String address(Programs.Running program) {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      Matcher ready = READY.matcher(program.printed());
      if (ready.find()) {
        return ready.group(1);
      }
      if (System.nanoTime() > deadline || program.ended(Duration.ZERO)) {
        throw Problem.of(Code.TIMEOUT, "the node does not start: " + program.printed().strip())
            .next("run un serve by hand")
            .asException();
      }
      Interrupted.check();
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static RuntimeException refused(String what, HttpResponse<String> answer) {
    return Problem.of(Code.HANDLER, what + ": status " + answer.statusCode() + ", " + answer.body())
        .next("see what the node says")
        .asException();
  }
}
