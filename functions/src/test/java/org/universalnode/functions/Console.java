package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.universalnode.testbed.Host;

/** Runs programs on a host, as its user would. */
record Console(Host host) {
  private static final int PATIENCE_SECONDS = 20;

  /** What a program prints until it ends, however it ends. */
  String run(String... command) {
    Process process = start(command);
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts a program, which the caller ends. */
  Process start(String... command) {
    List<String> words =
        Stream.concat(Stream.of("ip", "netns", "exec", host.namespace().name()), Stream.of(command))
            .toList();
    try {
      return new ProcessBuilder(words).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
