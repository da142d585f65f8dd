package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cgroup: the set of all processes that something started, however they forked, with limits on
 * what they use together. One folder in the v2 hierarchy, or one for each v1 controller where those
 * are in use (cgroups(7)).
 */
public final class ControlGroup {
  private static final Duration DEATH = Duration.ofSeconds(10);
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;

  private final List<Path> unified;
  private final List<Path> limiting;
  private final List<Path> folders;

  /**
   * The cgroup of these folders.
   *
   * @param unified in the v2 hierarchy; at most one
   * @param limiting in v1 hierarchies
   */
  ControlGroup(List<Path> unified, List<Path> limiting) {
    this.unified = List.copyOf(unified);
    this.limiting = List.copyOf(limiting);
    this.folders = Stream.concat(unified.stream(), limiting.stream()).toList();
  }

  public boolean exists() {
    return folders.stream().allMatch(Files::isDirectory);
  }

  /** Whether it exists in at least one hierarchy. */
  public boolean isThere() {
    return folders.stream().anyMatch(Files::isDirectory);
  }

  /** The folders in which it is one; who watches them sees it go. */
  public List<Path> parents() {
    return folders.stream().map(Path::getParent).toList();
  }

  /** Ids of the processes inside, in no order. */
  public Set<Integer> processes() {
    Set<Integer> pids = new HashSet<>();
    for (Path folder : tree()) {
      for (String line : lines(folder.resolve("cgroup.procs"))) {
        pids.add(Integer.valueOf(line));
      }
    }
    pids.remove(0); // a process of another pid namespace; not ours
    return pids;
  }

  /** Asks every process that is inside now to end (SIGTERM); does not wait for it. */
  public void terminate() {
    signal(processes(), SIGTERM);
  }

  /**
   * Stops every process inside, and each that is born there, until {@link #thaw}; returns when all
   * stand still.
   *
   * @throws KernelException if this machine can't, or if they don't within seconds
   */
  public void freeze() {
    freezer()
        .ifPresentOrElse(
            Freezer::freeze,
            () -> {
              throw new KernelException("stop the processes in " + folders, 95);
            });
  }

  /** Lets the processes inside go on; nothing happens if they were not stopped. */
  public void thaw() {
    freezer().ifPresent(Freezer::thaw);
  }

  /** Lets the processes inside run on these cores only, those that run already too. */
  public void pin(Set<Integer> cores) {
    String list = cores.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    for (Path folder : folders) {
      if (Files.exists(folder.resolve("cpuset.cpus"))) {
        ControlGroups.write(folder.resolve("cpuset.cpus"), list);
      }
    }
  }

  /** The cores that the processes inside may run on; empty if nobody keeps track of that. */
  public Set<Integer> cores() {
    return folders.stream()
        .flatMap(
            folder ->
                Stream.of("cpuset.effective_cpus", "cpuset.cpus.effective").map(folder::resolve))
        .filter(Files::exists)
        .flatMap(file -> lines(file).stream())
        .findFirst()
        .map(Processor::numbers)
        .orElse(Set.of());
  }

  /** What the processes inside use now. */
  public ControlGroupUsage usage() {
    return ControlGroupUsage.of(folders, processes());
  }

  /** Ends every process inside, also those that fork meanwhile; returns when none is left. */
  public void kill() {
    if (processes().isEmpty()) {
      return;
    }
    Map<Path, String> limits = stopForking();
    try {
      long deadline = System.nanoTime() + DEATH.toNanos();
      while (!endAll().isEmpty()) {
        if (System.nanoTime() > deadline) {
          throw new KernelException("end the processes " + processes() + " in " + folders, 110);
        }
        LockSupport.parkNanos(200_000);
      }
    } finally {
      limits.forEach(ControlGroups::write);
    }
  }

  /** Kills what is inside and removes the cgroup; absent is fine. */
  public void delete() {
    kill();
    for (Path folder : tree().reversed()) {
      removeWhenEmpty(folder);
    }
  }

  private Optional<Freezer> freezer() {
    return folders.stream().flatMap(folder -> Freezer.of(folder).stream()).findFirst();
  }

  List<Path> unified() {
    return unified;
  }

  List<Path> limiting() {
    return limiting;
  }

  List<Path> folders() {
    return folders;
  }

  /** The limits on processes that were in force before. */
  private Map<Path, String> stopForking() {
    Map<Path, String> before = new HashMap<>();
    for (Path folder : folders) {
      Path limit = folder.resolve("pids.max");
      for (String value : lines(limit)) {
        before.put(limit, value);
        ControlGroups.write(limit, "0");
      }
    }
    return before;
  }

  private Set<Integer> endAll() {
    Set<Integer> left = processes();
    for (Path folder : folders) {
      Path kill = folder.resolve("cgroup.kill");
      if (Files.exists(kill)) {
        ControlGroups.write(kill, "1");
      }
    }
    signal(left, SIGKILL);
    thaw(); // in v1 even a killed process stands still until then
    return left;
  }

  private void signal(Set<Integer> pids, int signal) {
    for (int pid : pids) {
      long pidfd = Kernel.attempt(SystemCall.PIDFD_OPEN, pid, 0);
      if (pidfd >= 0) {
        signalIfStillInside(pid, new FileDescriptor(pidfd), signal);
      }
    }
  }

  /** The number may have gone to another process between the look and the open: look again. */
  private void signalIfStillInside(int pid, FileDescriptor pidfd, int signal) {
    try (pidfd) {
      if (processes().contains(pid)) {
        Kernel.attempt(SystemCall.PIDFD_SEND_SIGNAL, pidfd.number(), signal, 0, 0);
      }
    }
  }

  /** All folders, with those that a function made below, parents first. */
  private List<Path> tree() {
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> walk = Files.walk(folder)) {
          walk.filter(Files::isDirectory).forEach(found::add);
        } catch (IOException | UncheckedIOException e) {
          found.add(folder); // something in it went while it was read
        }
      }
    }
    return found;
  }

  private static void removeWhenEmpty(Path folder) {
    long deadline = System.nanoTime() + DEATH.toNanos();
    while (true) {
      try {
        Files.deleteIfExists(folder);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw new KernelException("remove cgroup " + folder, 16);
        }
        LockSupport.parkNanos(200_000);
      }
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return new ArrayList<>();
    } catch (IOException e) {
      if (Files.exists(file)) {
        throw new KernelException("read " + file, 5, String.valueOf(e.getMessage()));
      }
      return new ArrayList<>(); // removed while it was read
    }
  }
}
