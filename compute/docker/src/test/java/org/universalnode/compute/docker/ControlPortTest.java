package org.universalnode.compute.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.docker.DockerLab.ID;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.nffg.ControlPort;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/** People reach a container by a port of the node. */
@ExtendWith(EngineExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("engine")
@EnabledIf(
    value = "org.universalnode.testbed.PrivateDocker#isInstalled",
    disabledReason = "needs root and dockerd: install Debian's docker.io")
class ControlPortTest {
  private static final int INSIDE = 8080;

  private final DockerLab lab;
  private final FunctionDriver driver;

  ControlPortTest(EngineExtension.Shared shared, @TempDir Path folder) {
    lab = new DockerLab(shared, folder);
    driver = lab.driver();
  }

  @AfterEach
  void nothingIsLeft() {
    lab.close();
  }

  @Test
  void whoConnectsIsAnsweredByTheContainerUntilItIsStopped() throws IOException {
    int port = freePort();
    FunctionSpec spec = lab.controlled(new ControlPort(port, INSIDE));
    lab.start(driver, spec);
    listen();
    Awaitility.await().until(() -> isReached(port));
    driver.stop(ID).orThrow();
    assertThat(isReached(port)).isFalse();
    driver.start(spec).orThrow();
    listen();
    Awaitility.await().until(() -> isReached(port));
  }

  @Test
  void aSuccessorOpensThePortAgain() throws IOException {
    int port = freePort();
    FunctionSpec spec = lab.controlled(new ControlPort(port, INSIDE));
    lab.start(driver, spec);
    listen();
    driver.close();
    assertThat(isReached(port)).isFalse();
    lab.start(lab.driver(), spec);
    Awaitility.await().until(() -> isReached(port));
  }

  @Test
  void aPortOfSomebodyElseIsRefused() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      FunctionSpec spec = lab.controlled(new ControlPort(taken.getLocalPort(), INSIDE));
      lab.plug(driver.create(spec).orThrow());
      assertThat(driver.start(spec))
          .isInstanceOfSatisfying(
              Result.Failed.class,
              failed -> assertThat(failed.problem().code()).isEqualTo(Problem.Code.CONFLICT));
    }
  }

  /** Has the container answer there. */
  private void listen() {
    String serve = "while true; do echo reached | nc -l -p " + INSIDE + "; done >/dev/null 2>&1 &";
    driver.exec(ID, List.of("sh", "-c", serve), Duration.ofSeconds(10)).orThrow();
  }

  private static boolean isReached(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.shutdownOutput();
      byte[] said = socket.getInputStream().readAllBytes();
      return new String(said, StandardCharsets.UTF_8).contains("reached");
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
