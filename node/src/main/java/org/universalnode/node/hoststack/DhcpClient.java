package org.universalnode.node.hoststack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.universalnode.linux.ControlGroup;
import org.universalnode.linux.ControlGroups;
import org.universalnode.linux.LinuxProcess;
import org.universalnode.linux.ProcessSpec;
import org.universalnode.node.hoststack.ClientState.Phase;
import org.universalnode.problem.Problem;

/**
 * The DHCP client of one interface: a process in a cgroup of its own, so that whoever comes later
 * finds it, and a folder.
 */
final class DhcpClient {
  private static final System.Logger LOG = System.getLogger(DhcpClient.class.getName());
  private static final ControlGroups.Limits LIMITS = new ControlGroups.Limits(16L << 20, 16);
  private static final Duration START = Duration.ofSeconds(2);
  private static final Duration RELEASE = Duration.ofSeconds(2);

  /** For the server's MAC address may have to be asked for before the release can leave. */
  private static final Duration RELEASE_ON_ITS_WAY = Duration.ofMillis(100);

  private static final long PAUSE_NANOS = 200_000;

  private final StackInterface at;
  private final ClientProgram program;
  private final ClientFolder folder;
  private final Cgroup cgroup;
  private final Backoff backoff = new Backoff();
  private Optional<LinuxProcess> child = Optional.empty();
  private volatile boolean kept;
  private volatile int restarts;
  private volatile Optional<String> end = Optional.empty();

  /** Where its processes are. */
  record Cgroup(ControlGroups all, Path path) {
    ControlGroup group() {
      return all.at(path);
    }
  }

  DhcpClient(StackInterface at, ClientProgram program, ClientFolder folder, Cgroup cgroup) {
    this.at = at;
    this.program = program;
    this.folder = folder;
    this.cgroup = cgroup;
  }

  StackInterface at() {
    return at;
  }

  /** Makes it run, or takes it over if it does, and from now on {@link #look} sees that it does. */
  synchronized void keep() {
    if (!kept) {
      kept = true;
      if (!isRunning()) {
        start();
      }
    }
  }

  /** Starts it again if it has ended and its time has come. */
  synchronized void look() {
    if (!kept) {
      return;
    }
    folder.limitLog();
    if (isRunning()) {
      return;
    }
    long now = System.nanoTime();
    if (end.isEmpty()) {
      ended(now, "it ended" + status() + said());
    } else if (backoff.isDue(now)) {
      restarts++;
      start();
    }
  }

  /** Releases the lease and removes all of it; the interface is left as it is. */
  synchronized void end() {
    kept = false;
    if (isRunning()) {
      boolean bound = lease().isPresent();
      folder.markAddressStays(); // the release needs it on its way; it goes with the interface
      cgroup.group().terminate();
      await(RELEASE, () -> !isRunning());
      if (bound) {
        LockSupport.parkNanos(RELEASE_ON_ITS_WAY.toNanos());
      }
    }
    cgroup.group().delete();
    status();
    folder.delete();
  }

  ClientState state() {
    Optional<String> refused = Lease.refusal(folder.lease());
    Optional<Lease> lease = lease().filter(given -> Interfaces.hasAddress(at, given.address()));
    Optional<String> ended = end;
    if (ended.isPresent()) {
      return new ClientState(Phase.RESTARTING, lease, restarts, ended.get());
    }
    if (refused.isPresent()) {
      return new ClientState(Phase.REFUSED, Optional.empty(), restarts, refused.get());
    }
    Phase phase = lease.isPresent() ? Phase.BOUND : Phase.ASKING;
    return new ClientState(phase, lease, restarts, "");
  }

  private void start() {
    long now = System.nanoTime();
    backoff.started(now);
    try {
      if (at.index() == 0 || Interfaces.index(at.name()) != at.index()) {
        ended(now, "there is no interface " + at.name() + ", or another one by now");
        return;
      }
      cgroup.group().kill();
      folder.write(at);
      Optional<Lease> earlier = lease();
      earlier.ifPresent(_ -> folder.markAddressStays());
      cgroup.all().create(cgroup.path(), LIMITS);
      LinuxProcess process = LinuxProcess.start(spec(earlier));
      child = Optional.of(process);
      await(START, () -> isRunning() || process.await(Duration.ZERO).isPresent());
      end = Optional.empty();
    } catch (RuntimeException e) {
      ended(now, Problem.of(e).toString());
    }
  }

  private ProcessSpec spec(Optional<Lease> earlier) {
    return new ProcessSpec(
        program.command(at, earlier.map(lease -> lease.address().address())),
        program.environment(at, folder),
        folder.path(),
        folder.log(),
        Optional.empty(),
        Optional.of(cgroup.group()));
  }

  private void ended(long now, String reason) {
    backoff.ended(now);
    end = Optional.of(reason);
    LOG.log(System.Logger.Level.WARNING, "DHCP client of {0}: {1}", at.identity(), reason);
  }

  /** Of our child, which is forgotten by that; nothing is known of one that was taken over. */
  private String status() {
    Optional<LinuxProcess> process = child;
    child = Optional.empty();
    if (process.isEmpty()) {
      return "";
    }
    try (LinuxProcess gone = process.get()) {
      OptionalInt status = gone.await(RELEASE);
      return status.isPresent() ? " with status " + status.getAsInt() : "";
    }
  }

  private String said() {
    String words = folder.lastWords();
    return words.isEmpty() ? "" : ": " + words;
  }

  private Optional<Lease> lease() {
    return Lease.read(folder.lease(), Interfaces.uptime());
  }

  private boolean isRunning() {
    return !cgroup.group().processes().isEmpty();
  }

  private static void await(Duration atMost, BooleanSupplier condition) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
