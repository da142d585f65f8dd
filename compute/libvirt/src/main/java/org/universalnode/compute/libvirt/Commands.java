package org.universalnode.compute.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.universalnode.linux.LinuxProcess;
import org.universalnode.linux.ProcessSpec;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/**
 * Runs programs of the machine, as the node.
 *
 * @param folder for what they print
 * @param limit after which one is ended
 */
record Commands(Path folder, Duration limit) {
  private static final Duration REAPING = Duration.ofSeconds(5);

  /** What a program printed, both its streams, and its exit status. */
  record Output(int status, String text) {}

  /**
   * Returns when the program has ended.
   *
   * @throws ProblemException if it takes too long
   */
  Output run(List<String> command) {
    try {
      Path output = Files.createTempFile(folder, "command", "");
      try {
        int status = await(command, output);
        return new Output(status, Files.readString(output).strip());
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int await(List<String> command, Path output) {
    ProcessSpec spec =
        new ProcessSpec(
            command,
            Map.of("LC_ALL", "C", "PATH", "/usr/bin:/bin", "HOME", folder.toString()),
            folder,
            output,
            Optional.empty(),
            Optional.empty());
    try (LinuxProcess process = LinuxProcess.start(spec)) {
      OptionalInt status = process.await(limit);
      if (status.isPresent()) {
        return status.getAsInt();
      }
      process.kill();
      process.await(REAPING);
      throw Problem.of(
              Problem.Code.TIMEOUT,
              "%s took longer than %d s".formatted(command.getFirst(), limit.toSeconds()))
          .next("see what libvirtd and the machine are busy with")
          .asException();
    }
  }
}
