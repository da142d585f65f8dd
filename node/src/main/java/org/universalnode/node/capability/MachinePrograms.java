package org.universalnode.node.capability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.universalnode.catalog.capability.Discovery;
import org.universalnode.catalog.capability.Programs;
import org.universalnode.linux.LinuxProcess;
import org.universalnode.linux.ProcessSpec;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.Result;

/** Runs programs of the machine, with their output in a file that is gone afterwards. */
public final class MachinePrograms implements Programs {
  private static final int MOST_BYTES = 8 << 20;
  private static final Duration REAPING = Duration.ofSeconds(5);

  private final Path folder;

  /**
   * Runs nothing yet.
   *
   * @param folder where the output may be written
   */
  public MachinePrograms(Path folder) {
    this.folder = folder;
  }

  @Override
  public Result<String> run(List<String> command, Duration limit) {
    return Result.of(() -> printed(command, limit));
  }

  private String printed(List<String> command, Duration limit) {
    try {
      Path output = Files.createTempFile(folder, "program", ".txt");
      try {
        runInto(output, command, limit);
        return text(output);
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void runInto(Path output, List<String> command, Duration limit) {
    Map<String, String> environment = Map.of("PATH", Discovery.HANDLER_PATH, "LC_ALL", "C");
    ProcessSpec spec =
        new ProcessSpec(
            command, environment, Path.of("/"), output, Optional.empty(), Optional.empty());
    try (LinuxProcess process = LinuxProcess.start(spec)) {
      OptionalInt status = process.await(limit);
      if (status.isEmpty()) {
        process.kill();
        process.await(REAPING);
        throw Problem.of(Code.TIMEOUT, command.getFirst() + " took more than " + limit)
            .next("see why it does not end")
            .asException();
      }
      if (status.getAsInt() != 0) {
        throw Problem.of(
                Code.UNSUPPORTED,
                "%s ended with status %d".formatted(command.getFirst(), status.getAsInt()))
            .next("run " + String.join(" ", command))
            .asException();
      }
    }
  }

  private static String text(Path output) throws IOException {
    try (InputStream in = Files.newInputStream(output)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
  }
}
