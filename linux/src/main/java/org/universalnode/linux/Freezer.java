package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * How the processes of a cgroup are stopped and let go (cgroup-v1/freezer-subsystem, cgroup-v2 in
 * the kernel's documentation).
 *
 * @param control what stops and lets go
 * @param state where the kernel says that all stand still
 */
record Freezer(Path control, String stop, String go, Path state, String standing) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Of a cgroup's folder, if its hierarchy has one. */
  static Optional<Freezer> of(Path folder) {
    Path old = folder.resolve("freezer.state");
    if (Files.exists(old)) {
      return Optional.of(new Freezer(old, "FROZEN", "THAWED", old, "FROZEN"));
    }
    Path control = folder.resolve("cgroup.freeze");
    Path events = folder.resolve("cgroup.events");
    return Files.exists(control)
        ? Optional.of(new Freezer(control, "1", "0", events, "frozen 1"))
        : Optional.empty();
  }

  void freeze() {
    ControlGroups.write(control, stop);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!stands()) {
      if (System.nanoTime() > deadline) {
        thaw();
        throw new KernelException("stop the processes of " + control.getParent(), 110);
      }
      LockSupport.parkNanos(200_000);
    }
  }

  void thaw() {
    ControlGroups.write(control, go);
  }

  private boolean stands() {
    try {
      return Files.readString(state).contains(standing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
