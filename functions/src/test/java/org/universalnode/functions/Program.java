package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.universalnode.testbed.Host;

/** A program that runs on a host until it is closed, with its output in a file. */
record Program(Process process, Path output) implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  /** Starts one. */
  static Program on(Host host, Path folder, String... command) {
    try {
      Path output = Files.createTempFile(folder, "output", ".txt");
      ProcessBuilder builder = new ProcessBuilder(List.of(command));
      builder.redirectErrorStream(true).redirectOutput(output.toFile()).directory(folder.toFile());
      return new Program(host.namespace().call(builder::start), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs one to its end and gives what it printed. */
  static String ran(Host host, Path folder, String... command) {
    try (Program program = on(host, folder, command)) {
      if (!program.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(List.of(command) + " does not end: " + program.printed());
      }
      return program.printed();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String printed() {
    try {
      return Files.readString(output, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
