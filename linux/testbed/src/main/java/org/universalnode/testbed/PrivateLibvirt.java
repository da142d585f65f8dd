package org.universalnode.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A libvirtd that nobody else knows. Its domains outlive it, as everywhere. */
public final class PrivateLibvirt implements AutoCloseable {
  private static final Duration PROBING = Duration.ofSeconds(40);
  private static final System.Logger LOG = System.getLogger(PrivateLibvirt.class.getName());
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Path house;
  private final Path folder;
  private Process daemon;

  /**
   * Starts it; returns when it answers.
   *
   * @param house the folder of the sources, with {@code scripts}
   * @param folder for all its files but a cache, which stays in the sources' {@code target}
   */
  public PrivateLibvirt(Path house, Path folder) {
    this.house = house;
    this.folder = folder;
    this.daemon = start();
  }

  /** Where it serves. */
  public String uri() {
    return "qemu:///system?socket=" + socket();
  }

  private Path socket() {
    return folder.resolve("run").resolve("libvirt-sock");
  }

  /** Its process. */
  public ProcessHandle process() {
    return daemon.toHandle();
  }

  /** Kills it; its domains don't notice. */
  public void end() {
    daemon.destroyForcibly();
    daemon.onExit().join();
  }

  /** Ends it, and takes away what it made for all its domains, which have to be gone. */
  @Override
  public void close() {
    end();
    try {
      sweep();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another one may use these cgroups. */
  private static void sweep() throws IOException {
    try (DirectoryStream<Path> groups =
        Files.newDirectoryStream(Path.of("/sys/fs/cgroup"), Files::isDirectory)) {
      for (Path controller : groups) {
        try {
          Files.deleteIfExists(controller.resolve("machine"));
        } catch (FileSystemException e) {
          LOG.log(System.Logger.Level.DEBUG, "another libvirtd has domains: {0}", e.getMessage());
        }
      }
    }
  }

  /** Starts it again if it does not run. */
  public void begin() {
    if (!daemon.isAlive()) {
      daemon = start();
    }
  }

  private Process start() {
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(socket());
      Process started =
          new ProcessBuilder(
                  List.of(
                      "/usr/bin/unshare",
                      "--mount",
                      "--propagation",
                      "private",
                      "/bin/sh",
                      inHouse("scripts/private-libvirtd"),
                      folder.toString(),
                      inHouse("target/libvirt-cache")))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("libvirtd.log").toFile())
              .start();
      awaitAnswer(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer(Process started) throws IOException {
    long deadline = System.nanoTime() + PROBING.toNanos();
    while (!answers()) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        started.destroyForcibly();
        throw new IllegalStateException(
            "libvirtd does not serve: " + Files.readString(folder.resolve("libvirtd.log")));
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private boolean answers() throws IOException {
    if (!Files.exists(socket())) {
      return false;
    }
    Process list =
        new ProcessBuilder("/usr/bin/virsh", "--connect", uri(), "list")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return list.waitFor(PROBING) && list.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      list.destroyForcibly();
    }
  }

  private String inHouse(String path) {
    return house.resolve(path).toAbsolutePath().normalize().toString();
  }
}
