package org.universalnode.compute.nativefn;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.universalnode.compute.Execution;
import org.universalnode.compute.FunctionLog;
import org.universalnode.compute.InstanceHealth;
import org.universalnode.linux.Keeper;
import org.universalnode.linux.LinuxProcess;
import org.universalnode.linux.ProcessSpec;
import org.universalnode.nffg.json.JsonLimits;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * Runs handlers, and other commands, inside an instance.
 *
 * @param place of the instance, the shared one of a part
 * @param configuration file that handlers are told of
 */
record Handler(Place place, Handle handle, FunctionLog log, Path configuration) {
  static final String START = "start";
  static final String STOP = "stop";
  static final String UPDATE = "update";
  static final String PAUSE = "pause";
  static final String RESUME = "resume";
  static final String STATUS = "status";
  static final String ATTACH = "attach";
  static final String DETACH = "detach";

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Duration REAPING = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int MOST_REPORT_BYTES = 64 << 10;
  private static final int MOST_OUTPUT_BYTES = 1 << 20;

  boolean exists(String name) {
    return Files.isExecutable(handle.archive().resolve(name));
  }

  /**
   * Runs a handler to its end.
   *
   * @throws ProblemException if it fails, or is ended because it took longer; what it started is
   *     left as it is
   */
  void run(String name, Duration limit) {
    try (Keeper keeper = keeper();
        LinuxProcess process = LinuxProcess.start(spec(command(name), log.file(), keeper))) {
      OptionalInt status = process.await(limit);
      if (status.isEmpty()) {
        end(process);
        throw late(name, limit).asException();
      }
      if (status.getAsInt() != 0) {
        throw failed(name, status.getAsInt()).asException();
      }
    }
  }

  /** Runs a handler if the archive has it. */
  void runIfThere(String name, Duration limit) {
    if (exists(name)) {
      run(name, limit);
    }
  }

  /** What the status handler says; a function without one is well. */
  InstanceHealth health(Duration limit) {
    if (!exists(STATUS)) {
      return new InstanceHealth("", "{}");
    }
    Execution said;
    try {
      said = capture(command(STATUS), limit);
    } catch (ProblemException e) {
      return new InstanceHealth("it does not answer: " + e.first().detail(), "{}", false);
    }
    String text = said.output().strip();
    if (said.status() != 0) {
      String last = text.substring(text.lastIndexOf('\n') + 1);
      return new InstanceHealth(last.isEmpty() ? "status " + said.status() : last, "{}");
    }
    return new InstanceHealth("", text.isEmpty() ? "{}" : report(text));
  }

  /** Runs a command of the machine's instead of a handler. */
  Execution execute(List<String> command, Duration limit) {
    List<String> found = new ArrayList<>(List.of("/usr/bin/env", "--"));
    found.addAll(command);
    return capture(found, limit);
  }

  private Execution capture(List<String> command, Duration limit) {
    Path output = place.folder().scratch("output");
    try (Keeper keeper = keeper();
        LinuxProcess process = LinuxProcess.start(spec(command, output, keeper))) {
      FunctionLog printed = new FunctionLog(output);
      OptionalInt status = await(process, printed, limit);
      String text = printed.read(OptionalLong.empty(), MOST_OUTPUT_BYTES).text();
      if (status.isEmpty()) {
        throw Problem.of(
                Problem.Code.TIMEOUT,
                "a command in %s did not end within %d s, or printed too much"
                    .formatted(handle.id(), limit.toSeconds()))
            .next("run what takes longer in the background, its output in a file")
            .asException();
      }
      return new Execution(status.getAsInt(), text);
    } finally {
      InstanceFolder.remove(output);
    }
  }

  /** Empty if it had to be ended. */
  private OptionalInt await(LinuxProcess process, FunctionLog printed, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    OptionalInt status = process.await(LOOK);
    while (status.isEmpty()) {
      if (System.nanoTime() > deadline || printed.file().toFile().length() > MOST_OUTPUT_BYTES) {
        end(process);
        return OptionalInt.empty();
      }
      status = process.await(LOOK);
    }
    boolean tooMuch = printed.file().toFile().length() > MOST_OUTPUT_BYTES;
    return tooMuch ? OptionalInt.empty() : status;
  }

  private static void end(LinuxProcess process) {
    process.kill();
    process.await(REAPING);
  }

  private String report(String text) {
    try {
      if (text.length() <= MOST_REPORT_BYTES
          && JsonText.parse(text, JsonLimits.DOCUMENT).isJsonObject()) {
        return JsonText.canonical(JsonText.parse(text, JsonLimits.DOCUMENT).getAsJsonObject());
      }
    } catch (ProblemException e) {
      return "{}"; // what is no JSON is for the function's own people
    }
    return "{}";
  }

  /** Null for an instance that is not confined. */
  private @Nullable Keeper keeper() {
    if (!Place.isConfined(handle.containment().isolation())) {
      return null;
    }
    return place
        .keeper()
        .orElseThrow(
            () ->
                Problem.of(
                        Problem.Code.CONFLICT,
                        handle.id() + " has lost the process that confines it, and all others")
                    .next("apply its graph again")
                    .asException());
  }

  private List<String> command(String name) {
    List<String> command = new ArrayList<>();
    command.add(handle.archive().resolve(name).toString());
    command.addAll(handle.arguments());
    return command;
  }

  private ProcessSpec spec(List<String> command, Path output, @Nullable Keeper keeper) {
    Map<String, String> environment = new HashMap<>(handle.ports());
    environment.put("PATH", PATH);
    environment.put("UN_GRAPH", handle.id().graph());
    environment.put("UN_FUNCTION", handle.id().function());
    environment.put("UN_CONFIG", configuration.toString());
    handle.part().ifPresent(part -> environment.put("UN_MARK", String.valueOf(part.mark())));
    return new ProcessSpec(
        command,
        environment,
        place.folder().work(),
        output,
        Optional.of(place.namespace()),
        Optional.of(place.cgroup()),
        Optional.ofNullable(keeper));
  }

  private Problem failed(String name, int status) {
    String detail =
        "the %s handler of %s ended with status %d%s"
            .formatted(name, handle.id(), status, lastLine());
    return Problem.of(Problem.Code.HANDLER, detail)
        .next("correct the function's configuration, or its archive");
  }

  private Problem late(String name, Duration limit) {
    String detail =
        "the %s handler of %s did not end within %d s%s"
            .formatted(name, handle.id(), limit.toSeconds(), lastLine());
    return Problem.of(Problem.Code.TIMEOUT, detail)
        .next("a handler must return; what it leaves running goes to the background");
  }

  private String lastLine() {
    String last = log.lastLine();
    return last.isEmpty() ? "" : ": " + last;
  }
}
