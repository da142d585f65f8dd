package org.universalnode.compute.docker;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * The containers of a node, which bear its label; no other is touched.
 *
 * @param node by whose name they are known
 */
record Containers(Engine engine, String node, Patience patience) {
  private static final Duration LOOK = Duration.ofMillis(20);

  /**
   * A container.
   *
   * @param pid of its first process; 0 if it does not run
   */
  record Container(int pid, boolean paused, Answer described) {}

  /** Also one that does not run. */
  Optional<Container> find(String name) {
    return engine
        .find(engine.get(path(name) + "/json"))
        .map(
            described -> {
              if (!described
                  .at("Config")
                  .at("Labels")
                  .at(ContainerRequest.NODE)
                  .text()
                  .equals(node)) {
                throw Problem.of(
                        Problem.Code.CONFLICT,
                        "the container " + name + " was not made by this node, " + node)
                    .next("remove it, or give it another name")
                    .asException();
              }
              Answer state = described.at("State");
              int pid = Math.toIntExact(state.at("Pid").number());
              return new Container(pid, state.at("Paused").isTrue(), described);
            });
  }

  /** One that exists. */
  Container get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                Problem.of(Problem.Code.NOT_FOUND, "the container " + name + " was removed")
                    .next("it is made anew")
                    .asException());
  }

  void create(String name, ContainerRequest request) {
    engine.ask(engine.post("/containers/create?name=" + name, request.json(node)));
  }

  void start(String name) {
    engine.ask(engine.post(path(name) + "/start"));
  }

  /** Asks it to end, and kills it if it does not; absent is fine. */
  void stop(String name) {
    Optional<Container> container = find(name);
    if (container.isEmpty() || container.get().pid() == 0) {
      return;
    }
    unpause(name, container.get());
    engine.tell(
        new Engine.Request(
            "POST",
            path(name) + "/stop?t=" + patience.stop().toSeconds(),
            null,
            patience.stop().plus(patience.call())));
  }

  void pause(String name) {
    if (!get(name).paused()) {
      engine.ask(engine.post(path(name) + "/pause"));
    }
  }

  void unpause(String name) {
    unpause(name, get(name));
  }

  private void unpause(String name, Container container) {
    if (container.paused()) {
      engine.ask(engine.post(path(name) + "/unpause"));
    }
  }

  /** With what it wrote, whatever it does; absent is fine. Returns when it is gone. */
  void remove(String name) {
    long deadline = System.nanoTime() + patience.call().toNanos();
    while (find(name).isPresent()) {
      try {
        engine.tell(engine.delete(path(name) + "?force=true&v=true"));
      } catch (ProblemException e) {
        boolean beingRemoved = e.first().code() == Problem.Code.CONFLICT;
        if (!beingRemoved || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  /** Its processes run on these cores, also when it is started again. */
  void pin(String name, Set<Integer> cores) {
    JsonObject json = new JsonObject();
    json.addProperty(
        "CpusetCpus",
        new TreeSet<>(cores).stream().map(String::valueOf).collect(Collectors.joining(",")));
    engine.ask(engine.post(path(name) + "/update", json));
  }

  /** Names of all of them. */
  List<String> names() {
    String filters = "{\"label\":[\"" + ContainerRequest.NODE + "=" + node + "\"]}";
    return engine
        .ask(engine.get("/containers/json?all=true&filters=" + Engine.escaped(filters)))
        .items()
        .stream()
        .flatMap(container -> container.at("Names").texts().stream())
        .map(name -> name.replaceFirst("^/", ""))
        .toList();
  }

  static String path(String name) {
    return "/containers/" + name;
  }
}
