package org.universalnode.compute.docker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.universalnode.compute.Execution;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.PortSpec;
import org.universalnode.linux.Ipv6Autoconfiguration;
import org.universalnode.linux.NeighbourPace;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.ProcessSignal;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** Makes, starts, ends and removes instances. */
final class Life {
  private static final Duration LOOK = Duration.ofMillis(1);

  /** What is given to the program to say that it can't begin. */
  private static final Duration OBJECTION = Duration.ofMillis(50);

  private final Places places;
  private final Containers containers;
  private final Images images;
  private final WaitingProgram waiting;
  private final Disturbances disturbances;

  Life(
      Places places,
      Containers containers,
      Images images,
      WaitingProgram waiting,
      Disturbances disturbances) {
    this.places = places;
    this.containers = containers;
    this.images = images;
    this.waiting = waiting;
    this.disturbances = disturbances;
  }

  /** One that is started and has its ports is taken over. */
  Instance create(FunctionSpec spec) {
    Acceptance.check(spec);
    Place place = places.of(spec.id());
    Optional<Recorded> usable =
        place.folder().instance().filter(earlier -> isUsable(place, earlier, spec));
    Recorded instance = Recorded.following(usable, spec);
    if (usable.isEmpty()) {
      remove(place);
      make(place, instance);
    }
    disturbances.renew(place);
    return instance.instance(place);
  }

  /**
   * Also with other ports: these it is told of when they are there. The engine is asked only about
   * one that does not run.
   */
  private boolean isUsable(Place place, Recorded earlier, FunctionSpec spec) {
    Optional<RunningProcess> process = place.folder().process();
    return process.isPresent()
        && earlier.canBecome(Recorded.following(Optional.of(earlier), spec))
        && place.namespace().exists()
        && !place.cables(earlier).areLost()
        && (process.get().alive() || containers.find(place.name()).isPresent());
  }

  private void make(Place place, Recorded instance) {
    Answer image = images.describe(instance.image());
    ContainerRequest request = new ContainerRequest(instance, place, image, waiting);
    if (request.program().isEmpty()) {
      throw Problem.of(Problem.Code.UNSUPPORTED, "the image says no program to run")
          .next("give it an ENTRYPOINT or a CMD")
          .asException();
    }
    place.folder().write(instance);
    containers.create(place.name(), request);
    pin(place, begin(place).pid());
  }

  /** Starts the container, which waits. */
  private RunningProcess begin(Place place) {
    containers.start(place.name());
    int pid = containers.get(place.name()).pid();
    Optional<RunningProcess> process = RunningProcess.of(pid);
    await(place, "did not begin", () -> waiting.waitsIn(pid) || !isAlive(process));
    return process.filter(RunningProcess::alive).orElseThrow(() -> ended(place));
  }

  private static boolean isAlive(Optional<RunningProcess> process) {
    return process.filter(RunningProcess::alive).isPresent();
  }

  /** From now on the namespace is there as long as its name, whatever the container does. */
  private static void pin(Place place, int pid) {
    NetworkNamespace.pin(place.name(), pid);
    try (RouteSocket inside = place.namespace().routeSocket()) {
      inside.up("lo");
    }
  }

  /** Its ports exist by now. */
  void start(FunctionSpec spec) {
    Place place = places.of(spec.id());
    if (place.folder().process().isPresent() && place.missing().isEmpty()) {
      disturbances.renew(place);
      return;
    }
    disturbances.forget(place);
    run(place, spec, spec.configuration());
  }

  private void run(Place place, FunctionSpec spec, String configuration) {
    Recorded instance = Recorded.following(place.folder().instance(), spec);
    place.folder().markStopped();
    place.folder().configure(configuration);
    RunningProcess process = waiting(place, instance);
    configure(place, instance.interfaces(), spec.ports());
    release(place, process);
    record(place, instance);
    place.folder().markTaken(configuration);
    place.folder().markStarted(RunningProcess.of(process.pid()).orElse(process));
    disturbances.renew(place);
  }

  private static void record(Place place, Recorded instance) {
    if (!place.folder().instance().equals(Optional.of(instance))) {
      place.folder().write(instance);
    }
  }

  /** The process of the container, which waits in the namespace that has the ports. */
  private RunningProcess waiting(Place place, Recorded instance) {
    int pid = containers.get(place.name()).pid();
    if (pid != 0 && waiting.waitsIn(pid) && place.namespace().isOf(pid)) {
      return RunningProcess.of(pid).orElseThrow(() -> ended(place));
    }
    containers.stop(place.name());
    RunningProcess process = begin(place);
    moveIn(place, instance, process.pid());
    return process;
  }

  /**
   * Brings the ports from the namespace that is pinned to that of the process. Whoever holds a
   * socket in the first keeps it there meanwhile.
   */
  private static void moveIn(Place place, Recorded instance, int pid) {
    if (!place.namespace().exists()) {
      throw Problem.of(Problem.Code.CONFLICT, "the namespace of " + instance.id() + " is gone")
          .next("it is made anew")
          .asException();
    }
    try (RouteSocket before = place.namespace().routeSocket()) {
      pin(place, pid);
      instance
          .interfaces()
          .forEach(
              name -> before.link(name).ifPresent(link -> before.move(link, place.namespace())));
    }
  }

  /** Its ports lead somewhere. */
  void lead(Place place, Recorded instance) {
    place
        .namespace()
        .call(
            () -> {
              instance.interfaces().forEach(NeighbourPace::calm);
              return place;
            });
  }

  /** Gives the ports their addresses and sets them up; they lead nowhere yet. */
  private static void configure(Place place, List<String> interfaces, List<PortSpec> specs) {
    try (RouteSocket inside =
        place
            .namespace()
            .call(
                () -> {
                  interfaces.forEach(Ipv6Autoconfiguration::off);
                  interfaces.forEach(NeighbourPace::hurry);
                  return RouteSocket.open();
                })) {
      for (int i = 0; i < specs.size(); i++) {
        String name = interfaces.get(i);
        specs.get(i).address().ifPresent(address -> addAddress(inside, name, address));
        inside.up(name);
      }
    }
  }

  private static void addAddress(RouteSocket inside, String name, InterfaceAddress address) {
    try {
      byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(address.address().bits()).array();
      inside.setAddress(name, InetAddress.getByAddress(bytes), address.prefixLength());
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  /** Lets the process become what the image says. */
  private void release(Place place, RunningProcess process) {
    if (!ProcessSignal.USER.send(process.pid(), process.startTime())) {
      throw ended(place);
    }
    await(
        place,
        "does not become what its image says",
        () -> waiting.isLeftBy(process.pid()) || !process.alive());
    long deadline = System.nanoTime() + OBJECTION.toNanos();
    while (process.alive() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    if (!process.alive()) {
      throw ended(place);
    }
  }

  /**
   * By the image's own program for that, which interrupts nothing; without one the container is
   * started again for another configuration, and has to see by itself that it has other ports. What
   * can't be taken leaves the configuration as it was.
   */
  void update(FunctionSpec spec) {
    Place place = places.of(spec.id());
    String before = place.folder().configuration();
    List<String> updater = new Updater(containers, place).command();
    if (updater.isEmpty() && before.equals(spec.configuration())) {
      record(place, plugged(place, spec));
      disturbances.renew(place);
      return;
    }
    try {
      if (updater.isEmpty()) {
        stopContainer(place);
        run(place, spec, spec.configuration());
      } else {
        Recorded instance = plugged(place, spec);
        place.folder().configure(spec.configuration());
        tell(place, updater, instance.portVariables());
        record(place, instance);
        place.folder().markTaken(spec.configuration());
        disturbances.renew(place);
      }
    } catch (ProblemException e) {
      if (updater.isEmpty()) {
        stopContainer(place);
        run(place, spec, before);
      } else {
        place.folder().configure(before);
        place.folder().markTaken(before);
      }
      throw e;
    }
  }

  /** With the ports that it lacked up; the others are the function's by now. */
  private static Recorded plugged(Place place, FunctionSpec spec) {
    Optional<Recorded> earlier = place.folder().instance();
    Set<String> present = earlier.map(of -> Set.copyOf(of.interfaces())).orElse(Set.of());
    Recorded instance = Recorded.following(earlier, spec);
    for (int i = 0; i < spec.ports().size(); i++) {
      String name = instance.interfaces().get(i);
      if (!present.contains(name)) {
        configure(place, List.of(name), List.of(spec.ports().get(i)));
      }
    }
    return instance;
  }

  private void tell(Place place, List<String> updater, Map<String, String> ports) {
    Commands commands = new Commands(containers.engine(), place.name(), ports);
    Execution done = commands.run(updater, containers.patience().call());
    if (done.status() != 0) {
      String said = done.output().strip();
      throw Problem.of(
              Problem.Code.HANDLER,
              "%s of %s ended with %d: %s"
                  .formatted(
                      updater.getFirst(),
                      place.name(),
                      done.status(),
                      said.substring(said.lastIndexOf('\n') + 1)))
          .next("correct the configuration")
          .asException();
    }
  }

  void stop(Place place) {
    stopContainer(place);
    disturbances.renew(place);
  }

  private void stopContainer(Place place) {
    disturbances.forget(place);
    containers.stop(place.name());
    place.folder().markStopped();
  }

  /** Removes all of it, and what runs in it. */
  void remove(Place place) {
    disturbances.forget(place);
    containers.remove(place.name());
    place.namespace().delete();
    place.folder().delete();
  }

  private void await(Place place, String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + containers.patience().call().toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw Problem.of(Problem.Code.TIMEOUT, "the container " + place.name() + " " + what)
            .next("look at its log")
            .asException();
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private ProblemException ended(Place place) {
    String last = new ContainerLog(containers.engine(), place.name()).lastLine();
    return Problem.of(
            Problem.Code.HANDLER, "the container " + place.name() + " ended at once: " + last)
        .next("see that its image is for this machine and its program stays in the foreground")
        .asException();
  }
}
