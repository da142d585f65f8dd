package org.universalnode.bench.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.universalnode.linux.Confinement;
import org.universalnode.linux.ControlGroup;
import org.universalnode.linux.ControlGroups;
import org.universalnode.linux.Keeper;
import org.universalnode.linux.LinuxProcess;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.ProcessSpec;
import org.universalnode.linux.UserRange;
import org.universalnode.problem.Problem;

/** Where an instance's handlers run, as a driver makes it: namespace, cgroup and folder. */
final class Place implements AutoCloseable {
  private static final UserRange USERS = new UserRange(1_800_000_000, 65_536);
  private static final ControlGroups.Limits LIMITS = new ControlGroups.Limits(256 << 20, 200);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Path ALL = Path.of("universal-node-bench");

  private final ControlGroups groups = ControlGroups.detect();
  private final Path folder;
  private final Optional<UserRange> users;
  private final NetworkNamespace namespace;
  private final ControlGroup cgroup;

  /**
   * @param name of the namespace and the cgroup
   * @param inUsers whether in a user namespace
   */
  Place(String name, boolean inUsers) {
    users = inUsers ? Optional.of(USERS) : Optional.empty();
    folder = folder();
    cgroup = groups.create(ALL.resolve(name), LIMITS);
    namespace = inUsers ? NetworkNamespace.create(name, USERS) : NetworkNamespace.create(name);
  }

  Path working() {
    return folder.resolve("work");
  }

  Path network() {
    return namespace.path();
  }

  Keeper startKeeper() {
    Confinement confinement =
        new Confinement(List.of(), List.of(working()), List.of(), users, "bench");
    return Keeper.start(confinement, namespace, cgroup, folder.resolve("log"));
  }

  /** Runs a program to its end, in the namespace and cgroup or in all that a keeper holds. */
  void run(Optional<Keeper> keeper, List<String> command) {
    run(
        new ProcessSpec(
            command,
            Map.of("PATH", "/usr/sbin:/usr/bin"),
            working(),
            folder.resolve("log"),
            Optional.of(namespace),
            Optional.of(cgroup),
            keeper));
  }

  /** Runs a program to its end where this process is. */
  void runBare(List<String> command) {
    Path log = folder.resolve("log");
    run(new ProcessSpec(command, Map.of(), working(), log, Optional.empty(), Optional.empty()));
  }

  private void run(ProcessSpec spec) {
    try (LinuxProcess process = LinuxProcess.start(spec)) {
      OptionalInt status = process.await(LIMIT);
      if (!status.equals(OptionalInt.of(0))) {
        throw Problem.of(Problem.Code.HANDLER, spec.command() + " ended with " + status)
            .next("run it by hand")
            .asException();
      }
    }
  }

  @Override
  public void close() {
    cgroup.delete();
    groups.removeIfEmpty(ALL);
    namespace.delete();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      Path made = Files.createTempDirectory("isolation");
      Files.createDirectory(made.resolve("work"));
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
