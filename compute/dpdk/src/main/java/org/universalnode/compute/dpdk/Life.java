package org.universalnode.compute.dpdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.universalnode.compute.Containment;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.linux.ControlGroups;
import org.universalnode.linux.Ipv6Autoconfiguration;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.problem.ProblemException;

/** Makes, starts, ends and removes instances. */
final class Life {
  private final Places places;
  private final ControlGroups cgroups;
  private final Patience patience;
  private final Disturbances disturbances;
  private final HugePages hugepages;

  /** Held while huge pages are counted and promised. */
  private final ReentrantLock counting = new ReentrantLock();

  Life(
      Places places,
      ControlGroups cgroups,
      Patience patience,
      Disturbances disturbances,
      HugePages hugepages) {
    this.places = places;
    this.cgroups = cgroups;
    this.patience = patience;
    this.disturbances = disturbances;
    this.hugepages = hugepages;
  }

  /** One that is started and has its ports is taken over. */
  Instance create(FunctionSpec spec) {
    Place place = places.of(spec.id());
    Recorded instance = Recorded.of(spec, place);
    Acceptance.check(spec, instance);
    boolean usable =
        place.folder().process().isPresent()
            && place.folder().instance().equals(Optional.of(instance))
            && place.isWhole(instance)
            && !place.cables(instance).areLost();
    if (!usable && place.isTouched()) {
      remove(place);
    }
    counting.lock();
    try {
      if (!runs(place)) {
        hugepages.require(Application.of(instance.image()).hugepages(), promisedBesides(place));
      }
      make(place, instance);
    } finally {
      counting.unlock();
    }
    disturbances.renew(place);
    return instance.instance(place);
  }

  /** Huge pages of instances that have no process now, but may have one at any time. */
  private int promisedBesides(Place own) {
    return places.all().stream()
        .filter(place -> !place.folder().equals(own.folder()) && !runs(place))
        .flatMap(place -> place.folder().instance().stream())
        .mapToInt(Life::hugepages)
        .sum();
  }

  static int hugepages(Recorded instance) {
    try {
      return Application.of(instance.image()).hugepages();
    } catch (ProblemException e) {
      return 0; // its image is gone, so it can't be started
    }
  }

  private static boolean runs(Place place) {
    return place.folder().process().filter(RunningProcess::alive).isPresent();
  }

  private void make(Place place, Recorded instance) {
    if (!place.folder().isComplete() || !place.folder().instance().equals(Optional.of(instance))) {
      place.folder().write(instance);
    }
    Containment containment = instance.containment();
    cgroups.create(
        place.cgroupPath(),
        new ControlGroups.Limits(
            containment.memoryBytes(), containment.processes(), containment.cpuPercent()));
    if (!place.namespace().exists()) {
      place.cgroup().kill();
      place.folder().markStopped();
      NetworkNamespace.create(place.namespace().name());
    }
    if (!instance.sockets().isEmpty()) {
      makeFolder(place.sockets());
    }
  }

  /** Its ports exist by now. */
  void start(FunctionSpec spec) {
    Place place = places.of(spec.id());
    Recorded instance = place.folder().instance().orElseGet(() -> Recorded.of(spec, place));
    if (place.folder().process().isPresent()) {
      if (place.missing(instance).isEmpty()) {
        disturbances.renew(place);
        return;
      }
      end(place);
    }
    run(place, instance, spec.configuration());
  }

  /** A DPDK process has no way to take another configuration, so another process takes it. */
  void update(FunctionSpec spec) {
    Place place = places.of(spec.id());
    Recorded instance = place.folder().instance().orElseGet(() -> Recorded.of(spec, place));
    Acceptance.check(spec, instance);
    String before = place.folder().configuration();
    end(place);
    try {
      run(place, instance, spec.configuration());
    } catch (ProblemException e) {
      run(place, instance, before);
      throw e;
    }
  }

  private void run(Place place, Recorded instance, String configuration) {
    place.folder().configure(configuration);
    prepare(place, instance);
    try {
      place.folder().markStarted(new Launch(place, instance).start(patience.start()));
    } catch (ProblemException e) {
      place.cgroup().kill();
      throw e;
    } finally {
      disturbances.renew(place);
    }
  }

  /** The kernel sends nothing of its own there. */
  private static void prepare(Place place, Recorded instance) {
    try (RouteSocket inside =
        place
            .namespace()
            .call(
                () -> {
                  instance.interfaces().forEach(Ipv6Autoconfiguration::off);
                  return RouteSocket.open();
                })) {
      instance.interfaces().forEach(inside::up);
    }
  }

  /** Asks the process to end, and ends it if it does not. */
  void end(Place place) {
    disturbances.forget(place);
    place.cgroup().thaw();
    place.cgroup().terminate();
    long deadline = System.nanoTime() + patience.stop().toNanos();
    while (System.nanoTime() < deadline && lives(place)) {
      LockSupport.parkNanos(2_000_000);
    }
    place.cgroup().kill();
    place.folder().markStopped();
    removeFolder(place.leavings());
  }

  private static boolean lives(Place place) {
    return place.cgroup().processes().stream().anyMatch(pid -> RunningProcess.of(pid).isPresent());
  }

  void stop(Place place) {
    end(place);
    disturbances.renew(place);
  }

  /** Removes all of it, and what runs in it. */
  void remove(Place place) {
    if (place.folder().exists() && place.cgroup().isThere()) {
      end(place);
    }
    disturbances.forget(place);
    place.cgroup().delete();
    place.namespace().delete();
    removeFolder(place.leavings());
    removeFolder(place.sockets());
    places.removeCommon();
    place.folder().delete();
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the files in it, and the folders above that are empty then and were made for it. */
  private static void removeFolder(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (NoSuchFileException e) {
      return; // absent is what was wanted
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state of things is asked for often, and by everybody. */
  static List<String> missing(Place place) {
    return place.folder().instance().map(place::missing).orElse(List.of());
  }
}
