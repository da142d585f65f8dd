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
import org.universalnode.linux.ControlGroup;
import org.universalnode.linux.LinuxProcess;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.ProcessSpec;
import org.universalnode.problem.Problem;

/** Runs the handlers of one instance inside its namespace and cgroup. */
record Handler(
    InstanceFolder folder, Handle handle, NetworkNamespace namespace, ControlGroup cgroup) {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final Duration REAPING = Duration.ofSeconds(5);
  private static final int QUOTED_BYTES = 1000;

  boolean exists(String name) {
    return Files.isExecutable(handle.archive().resolve(name));
  }

  /**
   * Runs a handler to its end.
   *
   * @throws org.universalnode.problem.ProblemException if it fails, or is ended because it took
   *     longer; what it started is left as it is
   */
  void run(String name, Duration limit) {
    try (LinuxProcess process = LinuxProcess.start(spec(name))) {
      OptionalInt status = process.await(limit);
      if (status.isEmpty()) {
        process.kill();
        process.await(REAPING);
        throw late(name, limit).asException();
      }
      if (status.getAsInt() != 0) {
        throw failed(name, status.getAsInt()).asException();
      }
    }
  }

  private ProcessSpec spec(String name) {
    Path program = handle.archive().resolve(name);
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(handle.arguments());
    Map<String, String> environment = new HashMap<>(handle.ports());
    environment.put("PATH", PATH);
    environment.put("UN_GRAPH", handle.id().graph());
    environment.put("UN_FUNCTION", handle.id().function());
    environment.put("UN_CONFIG", folder.configurationFile().toString());
    return new ProcessSpec(
        command,
        environment,
        folder.work(),
        folder.log(),
        Optional.of(namespace),
        Optional.of(cgroup));
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
    String last = folder.logTail(QUOTED_BYTES).strip();
    return last.isEmpty() ? "" : ": " + last.substring(last.lastIndexOf('\n') + 1);
  }
}
