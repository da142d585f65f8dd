package org.universalnode.compute.dpdk;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.universalnode.compute.Execution;
import org.universalnode.compute.FunctionLog;
import org.universalnode.linux.LinuxProcess;
import org.universalnode.linux.ProcessSpec;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** Starts programs inside an instance. */
record Launch(Place place, Recorded instance) {
  private static final Duration LOOK = Duration.ofMillis(10);

  /** DPDK takes the ports before the application has read its own arguments. */
  private static final Duration OBJECTION = Duration.ofMillis(100);

  private static final Duration REAPING = Duration.ofSeconds(5);
  private static final int MOST_OUTPUT_BYTES = 1 << 20;

  /** It becomes nobody's child, so that it is waited for also when the node has ended. */
  private static final List<String> DETACHED = List.of("/usr/bin/setsid", "--fork");

  /**
   * Starts the instance's process, and returns when that holds all its ports and forwards.
   *
   * @throws ProblemException if it ends before, or takes longer
   */
  RunningProcess start(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    awaitSwitch(deadline);
    Application application = Application.of(instance.image());
    long printed = place.folder().log().read(OptionalLong.empty(), 0).next();
    List<Integer> cores = cores();
    List<String> command = new ArrayList<>(DETACHED);
    command.addAll(List.of("/usr/bin/taskset", "--cpu-list", CommandLine.list(cores)));
    command.addAll(CommandLine.of(application, instance, place, cores));
    try (LinuxProcess started = LinuxProcess.start(spec(command, place.folder().log().file()))) {
      OptionalInt status = started.await(limit);
      if (status.isEmpty() || status.getAsInt() != 0) {
        started.kill();
        throw failed(application, "can't be started");
      }
    }
    while (System.nanoTime() < deadline) {
      Optional<RunningProcess> running = running();
      if (running.isEmpty()) {
        throw failed(application, "ended at once");
      }
      int pid = running.get().pid();
      if (Attachments.of(pid).missing(instance.ports(), place.namespace()).isEmpty()
          && forwards(application, printed)) {
        return RunningProcess.of(pid).orElseThrow(() -> failed(application, "ended at once"));
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    throw failed(application, "does not forward after " + limit.toSeconds() + " s");
  }

  /** As it says itself; who says nothing is given time to object to its arguments. */
  private boolean forwards(Application application, long printed) {
    if (application.ready().isEmpty()) {
      LockSupport.parkNanos(OBJECTION.toNanos());
      return true;
    }
    FunctionLog log = place.folder().log();
    return log.read(OptionalLong.of(printed), MOST_OUTPUT_BYTES)
        .text()
        .contains(application.ready());
  }

  /** Runs a command beside the process. */
  Execution execute(List<String> command, Duration limit) {
    List<String> found = new ArrayList<>(List.of("/usr/bin/env", "--"));
    found.addAll(command);
    Path output = place.folder().scratch();
    try (LinuxProcess process = LinuxProcess.start(spec(found, output))) {
      OptionalInt status = await(process, output, limit);
      if (status.isEmpty()) {
        throw Problem.of(
                Problem.Code.TIMEOUT,
                "a command in %s did not end within %d s, or printed too much"
                    .formatted(instance.id(), limit.toSeconds()))
            .next("run what takes longer in the background, its output in a file")
            .asException();
      }
      String text = new FunctionLog(output).read(OptionalLong.empty(), MOST_OUTPUT_BYTES).text();
      return new Execution(status.getAsInt(), text);
    } finally {
      InstanceFolder.remove(output);
    }
  }

  private static OptionalInt await(LinuxProcess process, Path output, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline && output.toFile().length() <= MOST_OUTPUT_BYTES) {
      OptionalInt status = process.await(LOOK);
      if (status.isPresent()) {
        return status;
      }
    }
    process.kill();
    process.await(REAPING);
    return OptionalInt.empty();
  }

  /** A switch that was started a moment ago listens a moment later. */
  private void awaitSwitch(long deadline) {
    for (Path socket : instance.sockets()) {
      while (!accepts(socket)) {
        if (System.nanoTime() > deadline) {
          throw Problem.of(
                  Problem.Code.TIMEOUT, "the switch does not listen at the socket " + socket)
              .next("see that Open vSwitch runs")
              .asException();
        }
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
  }

  private static boolean accepts(Path socket) {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(Attachments.real(socket)))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false; // nobody listens
    }
  }

  /** The one that is in the cgroup; it begins as what starts it. */
  private Optional<RunningProcess> running() {
    return place.cgroup().processes().stream()
        .flatMap(pid -> RunningProcess.of(pid).stream())
        .findFirst();
  }

  /**
   * As many as it can make use of: those of the cgroup, or any where nobody keeps track. All its
   * threads stay there; DPDK would give those that do not poll the cores of others.
   */
  private List<Integer> cores() {
    Set<Integer> allowed = place.cgroup().cores();
    Stream<Integer> cores =
        allowed.isEmpty()
            ? IntStream.range(0, Runtime.getRuntime().availableProcessors()).boxed()
            : allowed.stream().sorted();
    return cores.limit(Math.max(1, instance.cores())).toList();
  }

  private ProcessSpec spec(List<String> command, Path output) {
    Map<String, String> environment = new HashMap<>();
    instance.environment().forEach(each -> environment.put(each.name(), each.value()));
    environment.put("PATH", Application.PATH);
    environment.put("UN_GRAPH", instance.id().graph());
    environment.put("UN_FUNCTION", instance.id().function());
    environment.put("UN_CONFIG", place.folder().configurationFile().toString());
    return new ProcessSpec(
        command,
        environment,
        place.folder().output(),
        output,
        Optional.of(place.namespace()),
        Optional.of(place.cgroup()));
  }

  private ProblemException failed(Application application, String what) {
    String last = place.folder().log().lastLine();
    return Problem.of(
            Problem.Code.HANDLER,
            "%s of %s %s%s"
                .formatted(
                    application.program().getFileName(),
                    instance.id(),
                    what,
                    last.isEmpty() ? "" : ": " + last))
        .next("see the log of the function, and correct its archive")
        .asException();
  }
}
