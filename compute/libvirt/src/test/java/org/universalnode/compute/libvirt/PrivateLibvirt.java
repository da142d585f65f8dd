package org.universalnode.compute.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.compute.kit.FunctionSite;

/** A libvirtd that only its test knows. Its domains outlive it, as everywhere. */
final class PrivateLibvirt implements FunctionSite.Engine {
  private static final Path CACHE = Path.of("target", "libvirt-cache").toAbsolutePath();
  private static final Path SCRIPT = Path.of("../../scripts/private-libvirtd").toAbsolutePath();
  private static final Duration PROBING = Duration.ofSeconds(40);
  private static final System.Logger LOG = System.getLogger(PrivateLibvirt.class.getName());
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Path folder;
  private Process daemon;

  PrivateLibvirt(Path folder) {
    this.folder = folder;
    this.daemon = start();
  }

  String uri() {
    return "qemu:///system?socket=" + socket();
  }

  private Path socket() {
    return folder.resolve("run").resolve("libvirt-sock");
  }

  @Override
  public void end() {
    daemon.destroyForcibly();
    daemon.onExit().join();
  }

  /**
   * Takes the cgroups away that libvirtd made for all its domains, unless another one uses them.
   */
  void sweep() throws IOException {
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

  @Override
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
                      SCRIPT.toString(),
                      folder.toString(),
                      CACHE.toString()))
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

  private boolean answers() {
    try {
      return Files.exists(socket())
          && new Virsh(uri(), new Commands(folder, PROBING)).domains() != null;
    } catch (org.universalnode.problem.ProblemException e) {
      return false;
    }
  }
}
