package org.universalnode.compute.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.universalnode.problem.Result;

/**
 * A Docker engine of the tests' own: its folders, its socket, its containerd, a cgroup for its
 * containers, and nothing of the machine's network.
 */
final class PrivateEngine implements AutoCloseable {
  private static final Duration BEGIN = Duration.ofSeconds(30);
  private static final long END_SECONDS = 20;

  private final Path folder;
  private final String cgroup = "unit-docker-" + ProcessHandle.current().pid();
  private final Process containerd;
  private Process daemon;

  PrivateEngine() {
    try {
      folder = Files.createTempDirectory("un-docker");
      Files.writeString(
          folder.resolve("containerd.toml"),
          """
          version = 2
          root = "%1$s/containers"
          state = "%1$s/run/containerd"
          disabled_plugins = ["io.containerd.grpc.v1.cri"]
          [grpc]
            address = "%1$s/containerd.sock"
          """
              .formatted(folder));
      containerd =
          start("/usr/bin/containerd", "--config", folder.resolve("containerd.toml").toString());
      Awaitility.await().atMost(BEGIN).until(() -> Files.exists(containers()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon = startDaemon();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close)); // also of a run that is ended
  }

  /** Whether it can be started here. */
  static boolean isInstalled() {
    return System.getProperty("user.name").equals("root")
        && Files.isExecutable(Path.of("/usr/sbin/dockerd"));
  }

  private Path containers() {
    return folder.resolve("containerd.sock");
  }

  Path socket() {
    return folder.resolve("engine.sock");
  }

  Engine engine() {
    return new Engine(socket(), Duration.ofSeconds(20));
  }

  /** Kills it; its containers do not notice. */
  void end() {
    daemon.destroyForcibly();
    daemon.onExit().join();
  }

  /** Stops it where it is. */
  void hang() {
    run("kill", "-STOP", Long.toString(daemon.pid()));
  }

  void goOn() {
    run("kill", "-CONT", Long.toString(daemon.pid()));
  }

  /** Starts it again, and waits until it answers. */
  void begin() {
    daemon = startDaemon();
  }

  private Process startDaemon() {
    Process started =
        start(
            "/usr/sbin/dockerd",
            "--host=unix://" + socket(),
            "--containerd=" + containers(),
            "--data-root=" + folder.resolve("data"),
            "--exec-root=" + folder.resolve("run"),
            "--pidfile=" + folder.resolve("pid"),
            "--cgroup-parent=/" + cgroup,
            "--exec-opt=native.cgroupdriver=cgroupfs",
            "--iptables=false",
            "--ip6tables=false",
            "--ip-forward=false",
            "--ip-masq=false",
            "--bridge=none");
    Awaitility.await().atMost(BEGIN).until(this::answers);
    return started;
  }

  private Process start(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() {
    return Result.of(() -> engine().ask(engine().get("/info"))) instanceof Result.Done<?>;
  }

  /** Asks them to end, and leaves nothing of what they made. */
  @Override
  public void close() {
    if (!Files.exists(folder)) {
      return;
    }
    end(daemon);
    end(containerd);
    run("umount", "--lazy", folder.resolve("data").toString());
    run("rm", "-rf", "--one-file-system", folder.toString());
    run("find", "/sys/fs/cgroup", "-depth", "-type", "d", "-path", "*/" + cgroup + "*", "-delete");
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(String... command) {
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
