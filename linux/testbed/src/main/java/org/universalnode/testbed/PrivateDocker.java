package org.universalnode.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A Docker engine that nobody else knows: its folders, its socket, its containerd, a cgroup for its
 * containers, and nothing of the machine's network.
 */
public final class PrivateDocker implements AutoCloseable {
  private static final Duration BEGIN = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final long END_SECONDS = 20;

  private final Path folder;
  private final String cgroup = "unit-docker-" + ProcessHandle.current().pid();
  private final Process containerd;
  private Process daemon;

  /** Starts it; returns when it answers. */
  public PrivateDocker() {
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
      await(() -> Files.exists(containers()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon = startDaemon();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close)); // also of a run that is ended
  }

  /** Whether it can be started here. */
  public static boolean isInstalled() {
    return System.getProperty("user.name").equals("root")
        && Files.isExecutable(Path.of("/usr/sbin/dockerd"));
  }

  private Path containers() {
    return folder.resolve("containerd.sock");
  }

  /** Where it serves. */
  public Path socket() {
    return folder.resolve("engine.sock");
  }

  /** Its two processes: containerd, then dockerd. */
  public List<ProcessHandle> processes() {
    return List.of(containerd.toHandle(), daemon.toHandle());
  }

  /** Kills it; its containers do not notice. */
  public void end() {
    daemon.destroyForcibly();
    daemon.onExit().join();
  }

  /** Stops it where it is. */
  public void hang() {
    run("kill", "-STOP", Long.toString(daemon.pid()));
  }

  /** Lets one that hangs go on. */
  public void goOn() {
    run("kill", "-CONT", Long.toString(daemon.pid()));
  }

  /** Starts it again, and waits until it answers. */
  public void begin() {
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
    await(this::answers);
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
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      channel.write(StandardCharsets.US_ASCII.encode("GET /_ping HTTP/1.0\r\n\r\n"));
      ByteBuffer status = ByteBuffer.allocate("HTTP/1.0 200".length());
      while (status.hasRemaining() && channel.read(status) >= 0) {}
      return new String(status.array(), StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private static void await(BooleanSupplier condition) {
    long giveUp = System.nanoTime() + BEGIN.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > giveUp) {
        throw new IllegalStateException("the Docker engine does not start");
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
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
