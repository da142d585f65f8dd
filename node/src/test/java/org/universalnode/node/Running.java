package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A node in a process of its own. */
record Running(Process process, int port) {

  static Running start(Lab lab) throws IOException {
    return ready(launch(lab, ProcessBuilder.Redirect.INHERIT));
  }

  /** With these things in its environment. */
  static Running start(Lab lab, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = command(lab).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    return ready(builder.start());
  }

  /** Does not wait until it can be talked to. */
  static Process launch(Lab lab, ProcessBuilder.Redirect errors) throws IOException {
    return command(lab).redirectError(errors).start();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
  }

  /** Once it can be talked to. */
  static Running ready(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    assertThat(line).startsWith("un: ready at http://127.0.0.1:");
    return new Running(process, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
  }

  /** What starts it. */
  static ProcessBuilder command(Lab lab) {
    NodeOptions options = lab.options();
    return new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-Dorg.sqlite.tmpdir=" + options.functions(),
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "--name=" + options.name(),
        "--listen=127.0.0.1:0",
        "--state=" + options.state(),
        "--functions=" + options.functions(),
        "--interface=" + String.join(",", options.interfaces()),
        "--switch=" + options.switchDriver());
  }
}
