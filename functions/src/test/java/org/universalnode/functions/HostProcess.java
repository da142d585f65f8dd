package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.testbed.Host;

/** Programs that run on a host. */
final class HostProcess {
  private static final int PATIENCE_SECONDS = 20;

  private HostProcess() {}

  /** Starts a program, whose output nobody reads. */
  static Process start(Host host, List<String> command) {
    try {
      return builder(host.namespace(), command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a program to its good end. */
  static String output(Host host, List<String> command) {
    return output(host.namespace(), command);
  }

  /** Runs a program in a namespace to its good end. */
  static String output(NetworkNamespace namespace, List<String> command) {
    try {
      Process process = builder(namespace, command).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(ended && process.exitValue() == 0).as(output).isTrue();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProcessBuilder builder(NetworkNamespace namespace, List<String> command) {
    List<String> prefix = List.of("ip", "netns", "exec", namespace.name());
    List<String> whole = Stream.concat(prefix.stream(), command.stream()).toList();
    return new ProcessBuilder(whole).redirectErrorStream(true);
  }
}
