package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.universalnode.problem.Problem;

/**
 * The process that confines an instance: number 1 of its pid namespace, which holds its mount, pid,
 * ipc and host-name namespaces between handlers, and its user namespace if it has one. It does
 * nothing, outlives the node, and when it ends so do all processes of its pid namespace
 * (pid_namespaces(7)).
 */
public final class Keeper implements AutoCloseable {
  private static final Duration DEATH = Duration.ofSeconds(10);
  private static final int SIGKILL = 9;
  private static final int ETIMEDOUT = 110;
  private static final Path OWN_NAMESPACES = Path.of("/proc/self/ns");
  private static final Path FILTERS = Path.of("/proc/sys/kernel/seccomp/actions_avail");

  private final int pid;
  private final long startTime;
  private final FileDescriptor pidfd;

  private Keeper(int pid, long startTime, FileDescriptor pidfd) {
    this.pid = pid;
    this.startTime = startTime;
    this.pidfd = pidfd;
  }

  /**
   * What this machine lacks to confine an instance.
   *
   * @param users whether in a user namespace of its own
   * @return such as {@code the kernel has no pid namespaces}; empty if nothing is missing
   */
  public static String missing(boolean users) {
    List<String> kinds = new ArrayList<>(List.of("mnt", "pid", "ipc", "uts"));
    if (users) {
      kinds.add("user");
    }
    kinds.removeIf(kind -> Files.exists(OWN_NAMESPACES.resolve(kind)));
    if (!kinds.isEmpty()) {
      return "the kernel has no " + String.join(" and no ", kinds) + " namespaces";
    }
    return Files.exists(FILTERS) ? "" : "the kernel has no filters of system calls (seccomp)";
  }

  /**
   * Starts a keeper inside {@code cgroup}; when this returns, all is mounted and locked down.
   *
   * @param namespace where the instance's ports are; made with {@link
   *     NetworkNamespace#create(String, UserRange)} if the confinement has users
   * @param log file to which is appended in words what failed
   * @throws org.universalnode.problem.ProblemException that says which step failed on what; nothing
   *     is left behind then
   */
  public static Keeper start(
      Confinement confinement, NetworkNamespace namespace, ControlGroup cgroup, Path log) {
    String missing = missing(confinement.users().isPresent());
    if (!missing.isEmpty()) {
      throw Problem.of(Problem.Code.UNSUPPORTED, missing)
          .next("use another kernel, or a weaker isolation")
          .asException();
    }
    giveWhatIsWritable(confinement, log);
    int pid =
        Integer.parseInt(LaunchedStep.run("keep", log, arguments(confinement, namespace, cgroup)));
    return held(pid)
        .orElseThrow(
            () ->
                Problem.of(Problem.Code.KERNEL, "the keeper " + pid + " was ended at once")
                    .next("see whether the instance's memory limit is too small")
                    .asException());
  }

  /**
   * The keeper that an earlier run of the node started; empty if it has ended, even if another
   * process has its number now.
   */
  public static Optional<Keeper> find(int pid, long startTime, ControlGroup cgroup) {
    Optional<Keeper> found = held(pid);
    if (found.isPresent()
        && (found.get().startTime != startTime || !cgroup.processes().contains(pid))) {
      found.get().close();
      return Optional.empty();
    }
    return found;
  }

  public int pid() {
    return pid;
  }

  /** When it was started, in clock ticks since the machine was (proc_pid_stat(5), field 22). */
  public long startTime() {
    return startTime;
  }

  public boolean alive() {
    return Poll.readable(Duration.ZERO, pidfd.number()).isEmpty();
  }

  /** Ends it with all processes of its pid namespace; returns when they have ended. */
  public void kill() {
    Kernel.attempt(SystemCall.PIDFD_SEND_SIGNAL, pidfd.number(), SIGKILL, 0, 0);
    boolean ended =
        KernelThread.call(
            "wait for keeper " + pid, () -> Poll.readable(DEATH, pidfd.number()).isPresent());
    if (!ended) {
      throw new KernelException("end the keeper " + pid, ETIMEDOUT);
    }
  }

  /** Lets go of the keeper, which lives on. */
  @Override
  public void close() {
    pidfd.close();
  }

  /** What the launcher is told after OUTPUT and ANSWER ({@code launch.c}). */
  static List<String> arguments(
      Confinement confinement, NetworkNamespace namespace, ControlGroup cgroup) {
    List<String> arguments = new ArrayList<>(List.of(namespace.path().toString()));
    arguments.addAll(Launcher.cgroup(Optional.of(cgroup)));
    arguments.add(confinement.hostName());
    arguments.add(confinement.users().map(users -> "" + users.firstId()).orElse(Launcher.NONE));
    arguments.add(confinement.users().map(users -> "" + users.count()).orElse(Launcher.NONE));
    arguments.addAll(confinement.arguments());
    return arguments;
  }

  /** Holds the process first: what is read afterwards is about it, if it still lives then. */
  private static Optional<Keeper> held(int pid) {
    long descriptor = Kernel.attempt(SystemCall.PIDFD_OPEN, pid, 0);
    if (descriptor < 0) {
      return Optional.empty();
    }
    FileDescriptor pidfd = new FileDescriptor(descriptor);
    Optional<Keeper> keeper =
        ProcessStat.of(pid)
            .map(stat -> new Keeper(pid, stat.startTime(), pidfd))
            .filter(Keeper::alive);
    if (keeper.isEmpty()) {
      pidfd.close();
    }
    return keeper;
  }

  private static void giveWhatIsWritable(Confinement confinement, Path log) {
    if (confinement.users().isEmpty()) {
      return;
    }
    try {
      if (!Files.exists(log)) {
        Files.createFile(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Stream.concat(confinement.writable().stream(), Stream.of(log))
        .forEach(confinement.users().orElseThrow()::give);
  }
}
