package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An instance as a driver makes it: a namespace, a cgroup, a working folder, perhaps a keeper. */
final class JailedInstance implements AutoCloseable {
  static final UserRange USERS = new UserRange(1_700_000_000, 65_536);
  static final ControlGroups.Limits LIMITS = new ControlGroups.Limits(64 << 20, 60);

  private static final AtomicInteger NEXT = new AtomicInteger();
  static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path ALL = Path.of("universal-node-jail-" + ProcessHandle.current().pid());

  /** How a program ended and what it printed. */
  record Ended(int status, String output) {}

  final NetworkNamespace namespace;
  final ControlGroup cgroup;
  final Optional<Keeper> keeper;
  final Path work;
  private final ControlGroups groups;
  private final Path folder;

  JailedInstance(Rung rung, Path folder) {
    this(rung, folder, List.of());
  }

  JailedInstance(Rung rung, Path folder, List<Path> readable) {
    this(rung, folder, readable, ControlGroups.detect());
  }

  JailedInstance(Rung rung, Path folder, List<Path> readable, ControlGroups groups) {
    this.groups = groups;
    this.folder = folder;
    String name = "unjail-" + ProcessHandle.current().pid() + "-" + NEXT.incrementAndGet();
    work = made(folder.resolve("work"));
    cgroup = groups.create(ALL.resolve(name), LIMITS);
    namespace =
        rung == Rung.USER ? NetworkNamespace.create(name, USERS) : NetworkNamespace.create(name);
    keeper = rung == Rung.NETWORK ? Optional.empty() : Optional.of(start(rung, readable));
  }

  private Keeper start(Rung rung, List<Path> readable) {
    try {
      return Keeper.start(confinement(rung, readable), namespace, cgroup, log("keeper"));
    } catch (RuntimeException e) {
      assertThat(cgroup.processes()).isEmpty();
      release();
      throw e;
    }
  }

  Confinement confinement(Rung rung, List<Path> readable) {
    return new Confinement(
        readable,
        List.of(work),
        List.of(Path.of("/dev/net/tun")),
        rung == Rung.USER ? Optional.of(USERS) : Optional.empty(),
        "jailed");
  }

  Path log(String name) {
    return folder.resolve(name + ".log");
  }

  ProcessSpec spec(String log, String... command) {
    Map<String, String> environment = Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    return new ProcessSpec(
        List.of(command),
        environment,
        work,
        log(log),
        Optional.of(namespace),
        Optional.of(cgroup),
        keeper);
  }

  /** Runs a shell script to its end inside. */
  Ended shell(String script) {
    return run("/bin/sh", "-c", script);
  }

  /** Runs a program to its end inside. */
  Ended run(String... command) {
    String log = "run" + NEXT.incrementAndGet();
    try (LinuxProcess process = LinuxProcess.start(spec(log, command))) {
      int status = process.await(PATIENCE).orElseThrow();
      return new Ended(status, Files.readString(log(log)).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    release();
    keeper.ifPresent(Keeper::close);
  }

  private void release() {
    cgroup.delete();
    namespace.delete();
    groups.removeIfEmpty(ALL);
  }

  /** A program that the build made beside the classes. */
  static Path built(String name) {
    try {
      return Path.of(Objects.requireNonNull(JailedInstance.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path made(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
