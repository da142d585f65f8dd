package org.universalnode.node.hoststack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
  private boolean retryPlanned;
  private volatile boolean kept;
  private volatile int restarts;
  private volatile Optional<Halt> halt = Optional.empty();

  /** Where its processes are. */
  record Cgroup(ControlGroups all, Path path) {
    ControlGroup group() {
      return all.at(path);
    }
  }

  /** Why it does not run, until its time comes again. */
  private record Halt(Phase phase, String reason) {}

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
      attempt("see whether it runs", this::startUnlessRunning);
    }
  }

  /**
   * Starts it again if it has ended and its time has come; ends it for a while if its address is
   * none for this machine.
   *
   * @param meets why its address is none any more; empty if it is one
   */
  synchronized void look(Optional<String> meets) {
    if (!kept) {
      return;
    }
    attempt("limit the log", folder::limitLog);
    if (!isRunning()) {
      startWhenDue();
      return;
    }
    String record = folder.lease();
    Optional<String> refused = meets.or(() -> Lease.refusal(record));
    if (refused.isPresent()) {
      release();
      halted(Phase.REFUSED, refused.get());
    } else {
      retry(Lease.problem(record));
    }
  }

  /** Releases the lease and removes all of it; the interface is left without the address. */
  synchronized void end() {
    kept = false;
    if (isRunning()) {
      release();
    }
    stop();
    cgroup.group().delete();
    folder.delete();
  }

  ClientState state() {
    String record = folder.lease();
    Optional<String> refused = Lease.refusal(record);
    Optional<Lease> lease = lease().filter(given -> Interfaces.hasAddress(at, given.address()));
    Optional<Halt> halted = halt;
    if (halted.isPresent()) {
      return new ClientState(halted.get().phase(), lease, restarts, halted.get().reason());
    }
    if (refused.isPresent()) {
      return new ClientState(Phase.REFUSED, Optional.empty(), restarts, refused.get());
    }
    Phase phase = lease.isPresent() ? Phase.BOUND : Phase.ASKING;
    String problem = lease.flatMap(_ -> Lease.problem(record)).orElse("");
    return new ClientState(phase, lease, restarts, problem);
  }

  /** The address that it has or had, if its lease is not over. */
  Optional<Lease> lease() {
    return Lease.read(folder.lease(), Interfaces.uptime());
  }

  private void startUnlessRunning() {
    if (!isRunning()) {
      start();
    }
  }

  private synchronized void startWhenDue() {
    if (halt.isEmpty()) {
      halted(Phase.RESTARTING, "it ended" + status() + said());
    } else if (backoff.isDue(System.nanoTime())) {
      if (halt.get().phase() == Phase.RESTARTING) {
        restarts++;
      }
      start();
    }
  }

  /** What could not be set of its lease is tried again by another client, at the same address. */
  private void retry(Optional<String> problem) {
    long now = System.nanoTime();
    if (problem.isEmpty()) {
      retryPlanned = false;
    } else if (!retryPlanned) {
      retryPlanned = true;
      backoff.ended(now);
      LOG.log(System.Logger.Level.WARNING, "DHCP client of {0}: {1}", at.identity(), problem.get());
    } else if (backoff.isDue(now)) {
      retryPlanned = false;
      start();
    }
  }

  private void start() {
    backoff.started(System.nanoTime());
    try {
      if (at.index() == 0 || Interfaces.index(at.name()) != at.index()) {
        halted(Phase.RESTARTING, "there is no interface " + at.name() + ", or another one by now");
        return;
      }
      program.refusal().map(Problem::asException).ifPresent(DhcpClient::raise);
      stop();
      folder.write(at);
      Optional<Lease> earlier = lease();
      earlier.ifPresent(_ -> folder.markAddressStays());
      cgroup.all().create(cgroup.path(), LIMITS);
      LinuxProcess process = LinuxProcess.start(spec(earlier));
      child = Optional.of(process);
      await(START, () -> isInside() || process.await(Duration.ZERO).isPresent());
      halt = Optional.empty();
    } catch (RuntimeException e) {
      halted(Phase.RESTARTING, Problem.of(e).toString());
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

  /** Ends it with a release of its lease; then the interface has no address. */
  private void release() {
    attempt("mark the address", folder::markAddressStays); // the release needs it on its way
    boolean bound = lease().isPresent();
    cgroup.group().terminate();
    await(RELEASE, () -> !isRunning());
    if (bound) {
      LockSupport.parkNanos(RELEASE_ON_ITS_WAY.toNanos());
    }
    stop();
    attempt("take the address away", this::forgetAddress);
  }

  /** Ends what runs, also what was started and is still on its way into the cgroup. */
  private void stop() {
    child.ifPresent(LinuxProcess::kill);
    cgroup.group().kill();
    status();
    if (child.isPresent()) {
      throw Problem.of(Problem.Code.TIMEOUT, "the DHCP client at " + at.name() + " does not end")
          .next("see what keeps its process; it is tried again")
          .asException();
    }
  }

  private void forgetAddress() {
    folder.unmarkAddressStays();
    if (at.index() == 0 || Interfaces.index(at.name()) != at.index()) {
      return;
    }
    Map<String, String> environment = new HashMap<>(program.environment(at, folder));
    environment.put("interface", at.name());
    ProcessSpec spec =
        new ProcessSpec(
            program.forgetting(),
            environment,
            folder.path(),
            folder.log(),
            Optional.empty(),
            Optional.of(cgroup.group()));
    try (LinuxProcess script = LinuxProcess.start(spec)) {
      if (script.await(RELEASE).isEmpty()) {
        script.kill();
      }
    }
  }

  private void halted(Phase phase, String reason) {
    backoff.ended(System.nanoTime());
    halt = Optional.of(new Halt(phase, reason));
    LOG.log(System.Logger.Level.WARNING, "DHCP client of {0}: {1}", at.identity(), reason);
  }

  /** Of our child, which is forgotten by that; nothing is known of one that was taken over. */
  private String status() {
    OptionalInt status = child.map(process -> process.await(RELEASE)).orElseGet(OptionalInt::empty);
    if (status.isEmpty()) {
      return "";
    }
    child.ifPresent(LinuxProcess::close);
    child = Optional.empty();
    return " with status " + status.getAsInt();
  }

  private String said() {
    String words = folder.lastWords();
    return words.isEmpty() ? "" : ": " + words;
  }

  /** A child that is not inside yet will be: another one next to it would be a second client. */
  private boolean isRunning() {
    return isInside()
        || child.filter(process -> process.await(Duration.ZERO).isEmpty()).isPresent();
  }

  private boolean isInside() {
    return !cgroup.group().processes().isEmpty();
  }

  /** What fails here is reported and keeps nothing else from being done. */
  private void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "DHCP client of {0}: can''t {1}: {2}",
          at.identity(),
          what,
          Problem.of(e));
    }
  }

  private static void raise(RuntimeException e) {
    throw e;
  }

  private static void await(Duration atMost, BooleanSupplier condition) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
