package org.universalnode.bench.lab;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.testbed.PowerLoss;

/** A node as {@code un serve} runs it, in a process of its own, talked to over REST. */
public final class NodeProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(1);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Pattern READY = Pattern.compile("un: ready at (http://\\S+)");

  private static final Pattern HANDLERS = Pattern.compile("handlers;dur=([0-9.]+)");

  private final Programs programs;
  private final Setting setting;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> graphs = Collections.synchronizedSet(new LinkedHashSet<>());
  private volatile Life life;
  private boolean ended;

  private NodeProcess(Programs programs, Setting setting) {
    this.programs = programs;
    this.setting = setting;
    this.life = begin();
  }

  /** A process, and where it answers. */
  private record Life(Programs.Running program, String address) {}

  /**
   * How it runs.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   * @param state folder of its state, whose last part is its name
   * @param interfaces that graphs may use, with commas between
   * @param switchDriver its name
   * @param openVswitch the folder where an Open vSwitch has its files, if one runs
   * @param own what this node has of its own
   */
  record Setting(
      Path house,
      Path state,
      String interfaces,
      String switchDriver,
      Path openVswitch,
      NodeOwn own) {}

  /** Starts it; returns when it can be talked to. */
  static NodeProcess start(Programs programs, Setting setting) {
    if (!Files.exists(setting.house.resolve("dist/built"))) {
      throw Problem.of(Code.NOT_FOUND, "there is no dist/: the node is not built")
          .next("run scripts/build")
          .asException();
    }
    return new NodeProcess(programs, setting);
  }

  private Life begin() {
    Programs.Running program = programs.start(Optional.empty(), command());
    try {
      return new Life(program, address(program));
    } catch (RuntimeException e) {
      program.terminate(); // so that it takes what it has in the kernel with it
      program.ended(END);
      throw e;
    }
  }

  private String[] command() {
    List<String> command = new ArrayList<>(setting.own.launcher());
    command.addAll(
        List.of(
            "env",
            "OVS_RUNDIR=" + setting.openVswitch,
            setting.house.resolve("un").toAbsolutePath().toString(),
            "serve",
            "--name=" + name(),
            "--listen=127.0.0.1:0",
            "--state=" + setting.state,
            "--interface=" + setting.interfaces,
            "--switch=" + setting.switchDriver));
    command.addAll(setting.own.options());
    return command.toArray(String[]::new);
  }

  /** Its process gets SIGKILL. What it made stays. */
  public void kill() {
    life.program.kill();
    if (!life.program.ended(END)) {
      throw new IllegalStateException("a killed process does not end");
    }
  }

  /** It is killed, and all that it has in the kernel goes as well. */
  public void losePower() {
    kill();
    List<String> interfaces = List.of(setting.interfaces.split(",", -1));
    new PowerLoss(name(), setting.state, interfaces).strike();
  }

  /** Begins its next life; returns when it can be talked to. */
  public void startAgain() {
    life = begin();
  }

  /** By which its things in the kernel are known. */
  public String name() {
    return setting.state.getFileName().toString();
  }

  /** Where it answers: {@code http://HOST:PORT}. */
  public URI address() {
    return URI.create(life.address);
  }

  /** Of its process. */
  public int pid() {
    return life.program.pid();
  }

  /**
   * Makes the graph what the document says.
   *
   * @return milliseconds until the last handler of a function was done, as the node says
   */
  public double put(String graph, String document) {
    HttpResponse<String> answer = tryPut(graph, document);
    if (answer.statusCode() >= 400) {
      throw refused("PUT of " + graph, answer);
    }
    Matcher handlers = HANDLERS.matcher(answer.headers().firstValue("Server-Timing").orElse(""));
    return handlers.find() ? Double.parseDouble(handlers.group(1)) : 0;
  }

  /** The same, if the node likes; the answer, whatever it is. Safe for many threads. */
  public HttpResponse<String> tryPut(String graph, String document) {
    graphs.add(graph);
    return call("PUT", "NF-FG/" + graph, document);
  }

  /** The status of a graph. */
  public JsonObject status(String graph) {
    HttpResponse<String> answer = call("GET", "NF-FG/status/" + graph, "");
    if (answer.statusCode() >= 400) {
      throw refused("GET of the status of " + graph, answer);
    }
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  /** Returns when a graph that it has is whole and carries its traffic. */
  public void awaitActive(String graph) {
    long deadline = System.nanoTime() + ANSWER.toNanos();
    while (!status(graph).get("state").getAsString().equals("active")) {
      if (System.nanoTime() > deadline) {
        throw Problem.of(Code.TIMEOUT, "graph " + graph + " does not become active")
            .next("see its status")
            .asException();
      }
      Interrupted.check();
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  public void delete(String graph) {
    HttpResponse<String> answer = tryDelete(graph);
    if (answer.statusCode() >= 400 && answer.statusCode() != 404) {
      throw refused("DELETE of " + graph, answer);
    }
  }

  /** The same, if the node likes; the answer, whatever it is. Safe for many threads. */
  public HttpResponse<String> tryDelete(String graph) {
    HttpResponse<String> answer = call("DELETE", "NF-FG/" + graph, "");
    if (answer.statusCode() < 400 || answer.statusCode() == 404) {
      graphs.remove(graph);
    }
    return answer;
  }

  /** What its process holds, without what functions and the kernel hold. */
  public Footprint footprint() {
    return Footprint.of(pid());
  }

  /** Time that cores have worked for its process. */
  public Duration busy() {
    return ProcessHandle.of(pid()).flatMap(p -> p.info().totalCpuDuration()).orElseThrow();
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
    life.program.terminate();
    if (!life.program.ended(END)) {
      throw Problem.of(Code.TIMEOUT, "the node " + name() + " does not end")
          .next("see what it waits for")
          .asException();
    }
  }

  private HttpResponse<String> call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(life.address + "/" + path))
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
