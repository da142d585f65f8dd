package org.universalnode.node.hoststack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.linux.LinuxProcess;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.ProcessSpec;

/** Runs programs to their end, as the node starts its own. */
final class Programs {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  private Programs() {}

  /** What a program that ends well prints. */
  static String output(Optional<NetworkNamespace> namespace, Path folder, String... command) {
    return output(namespace, folder, Map.of("PATH", PATH), List.of(command));
  }

  static String output(
      Optional<NetworkNamespace> namespace,
      Path folder,
      Map<String, String> environment,
      List<String> command) {
    try {
      Path output = Files.createTempFile(folder, "output", "");
      ProcessSpec spec =
          new ProcessSpec(command, environment, folder, output, namespace, Optional.empty());
      try (LinuxProcess process = LinuxProcess.start(spec)) {
        int status = process.await(PATIENCE).orElse(-1);
        String text = Files.readString(output);
        if (status != 0) {
          throw new AssertionError(command + " ended with status " + status + ": " + text);
        }
        return text;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
