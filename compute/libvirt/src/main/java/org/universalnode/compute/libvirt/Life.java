package org.universalnode.compute.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.compute.FunctionLog;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;

/** How virtual machines come and go. A domain is there from start to stop and not longer. */
final class Life {
  private static final System.Logger LOG = System.getLogger(Life.class.getName());
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int MOST_LOG_BYTES = 1 << 20;
  private static final int KIBI = 1024;

  /** More than QEMU was ever seen to take besides a guest's own memory. */
  private static final long EMULATOR_BYTES = 512L << 20;

  private static final String IMAGES = "/usr/bin/qemu-img";

  private final Places places;
  private final Virsh virsh;
  private final Commands commands;
  private final KvmProbe probe;
  private final Patience patience;
  private final Disturbances disturbances;

  Life(
      Places places, Virsh virsh, Commands commands, Patience patience, Disturbances disturbances) {
    this.places = places;
    this.virsh = virsh;
    this.commands = commands;
    this.probe = new KvmProbe(places.kvm(), commands, KvmProbe.EMULATOR);
    this.patience = patience;
    this.disturbances = disturbances;
  }

  /** One that was made from the same and has its ports is taken over. */
  Instance create(FunctionSpec spec) {
    if (spec.shared().isPresent()) {
      throw Problem.of(Problem.Code.UNSUPPORTED, "no virtual machine is shared by graphs")
          .next("give each graph one of its own")
          .asException();
    }
    Place place = places.of(spec.id());
    Recorded instance = Recorded.of(spec);
    MachineImage image = MachineImage.of(instance.image());
    Optional<Recorded> usable =
        place.folder().instance().filter(of -> isUsable(place, of, instance));
    if (usable.isPresent()) {
      Taps.removeAllBut(place, usable.get().and(instance));
      Taps.of(place, instance).make();
    } else {
      remove(place);
      disturbances.forget(place);
      place.folder().write(instance);
      Taps.of(place, instance).make();
      makeSockets(place, instance);
      image.disk().ifPresent(disk -> overlay(disk, place.folder().overlay()));
    }
    disturbances.renew(place);
    return instance.instance(place);
  }

  /** Also with other ports, if it runs: these it gets when the switch has them. */
  private static boolean isUsable(Place place, Recorded earlier, Recorded wanted) {
    boolean runs = place.folder().process().filter(RunningProcess::alive).isPresent();
    return (earlier.equals(wanted) || (runs && earlier.canBecome(wanted)))
        && !Taps.of(place, earlier).areLost();
  }

  /** The folder of the sockets; the switch makes and removes these. */
  private static void makeSockets(Place place, Recorded instance) {
    try {
      if (instance.ports().stream().anyMatch(Port::isSocket)) {
        Files.createDirectories(place.sockets());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that has what differs from the image. */
  private void overlay(Disk disk, Path file) {
    List<String> command = new ArrayList<>(List.of(IMAGES, "create", "-q", "-f", "qcow2"));
    command.addAll(List.of("-b", disk.path().toString(), "-F", disk.format(), file.toString()));
    Commands.Output output = commands.run(command);
    if (output.status() != 0) {
      throw Problem.of(Problem.Code.HANDLER, "no disk can be made: " + output.text())
          .next("see that qemu-utils is installed, and the disk of the node not full")
          .asException();
    }
  }

  /** Its ports exist by now. */
  void start(FunctionSpec spec) {
    Place place = places.of(spec.id());
    Recorded instance =
        place
            .folder()
            .instance()
            .orElseThrow(
                () ->
                    Problem.of(Problem.Code.NOT_FOUND, "no virtual machine " + spec.id())
                        .next("create it first")
                        .asException());
    if (place.folder().process().isPresent() && missing(place).isEmpty()) {
      disturbances.renew(place);
      return;
    }
    end(place);
    Taps.of(place, instance).connect();
    boot(place, instance, spec.configuration());
    disturbances.renew(place);
  }

  /** What it has lost since it was started, in words. */
  List<String> missing(Place place) {
    return place.folder().process().map(of -> missing(place, of)).orElse(List.of());
  }

  private List<String> missing(Place place, RunningProcess process) {
    if (!process.alive()) {
      return List.of("process " + process.pid() + " (" + process.name() + ")");
    }
    return lostToLibvirt(place);
  }

  /** While libvirt does not answer, a machine whose process lives counts as it was. */
  private List<String> lostToLibvirt(Place place) {
    Optional<DomainState> state;
    try {
      state = virsh.domain(place.name());
    } catch (ProblemException e) {
      LOG.log(System.Logger.Level.WARNING, "{0}: {1}", place.name(), e.getMessage());
      return List.of();
    }
    if (state.filter(DomainState::lives).isEmpty()) {
      return List.of("its domain in libvirt");
    }
    boolean stands = state.get() == DomainState.PAUSED;
    return stands && !place.folder().paused()
        ? List.of("its run: it was suspended from outside, or its disk failed")
        : List.of();
  }

  private void boot(Place place, Recorded instance, String configuration) {
    MachineImage image = MachineImage.of(instance.image());
    InstanceFolder folder = place.folder();
    GuestFiles files = new GuestFiles(instance, configuration);
    image
        .kernel()
        .ifPresentOrElse(
            kernel -> files.writeInitrd(kernel.initrd(), folder.initrd()),
            () -> files.writeDisk(folder.configurationDisk()));
    String domain = new DomainXml(place, instance, image, probe.accelerator()).text();
    InstanceFolder.write(folder.domain(), domain);
    long printed = folder.log().read(OptionalLong.empty(), 0).next();
    virsh.call("create", folder.domain().toString());
    Emulator emulator = Emulator.of(place.name()).orElseThrow(() -> failed(place, "ended at once"));
    folder.configure(configuration);
    folder.markStarted(emulator.process());
    limitMemory(place, instance);
    awaitReady(place, image, emulator, printed);
  }

  /**
   * Of the guest and what the emulator needs for it. Said only now, because libvirt would lock the
   * memory of a domain that begins with a limit. A machine may count no memory.
   */
  private void limitMemory(Place place, Recorded instance) {
    long limit = (instance.containment().memoryBytes() + EMULATOR_BYTES) / KIBI;
    try {
      virsh.call("memtune", place.name(), "--hard-limit", String.valueOf(limit), "--live");
    } catch (ProblemException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", place.name(), e.getMessage());
    }
  }

  /** A guest that says nothing is ready when it runs. */
  private void awaitReady(Place place, MachineImage image, Emulator emulator, long printed) {
    FunctionLog log = place.folder().log();
    long deadline = System.nanoTime() + patience.start().toNanos();
    while (!image.ready().isEmpty()
        && !log.read(OptionalLong.of(printed), MOST_LOG_BYTES).text().contains(image.ready())) {
      if (!emulator.process().alive()) {
        throw failed(place, "ended while it booted");
      }
      if (System.nanoTime() > deadline) {
        virsh.destroy(place.name());
        long seconds = patience.start().toSeconds();
        throw failed(place, "did not say \"%s\" in %d s".formatted(image.ready(), seconds));
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /**
   * A guest reads its configuration when it boots, so for another one it is booted again. Ports are
   * plugged and unplugged while it runs.
   */
  void update(FunctionSpec spec) {
    Place place = places.of(spec.id());
    Recorded instance = Recorded.of(spec);
    if (place.folder().configuration().equals(spec.configuration())) {
      place.folder().write(place.folder().instance().map(of -> of.and(instance)).orElse(instance));
      new Devices(place, virsh, patience).change(instance, probe.accelerator());
    } else {
      stop(place);
      place.folder().write(instance);
      start(spec);
    }
    place.folder().write(instance);
    Taps.removeAllBut(place, instance);
    disturbances.renew(place);
  }

  /** Asks the guest to shut down before it is ended. */
  void stop(Place place) {
    disturbances.forget(place);
    boolean runs =
        place.folder().process().filter(RunningProcess::alive).isPresent()
            && !place.folder().paused();
    if (runs) {
      shutDown(place);
    }
    end(place);
    disturbances.renew(place);
  }

  private void shutDown(Place place) {
    try {
      virsh.call("shutdown", place.name());
    } catch (ProblemException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", place.name(), e.getMessage());
      return;
    }
    long deadline = System.nanoTime() + patience.stop().toNanos();
    while (place.folder().process().filter(RunningProcess::alive).isPresent()
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** Ends what runs of it at once. */
  private void end(Place place) {
    disturbances.forget(place);
    if (Emulator.of(place.name()).isPresent() || place.folder().process().isPresent()) {
      virsh.destroy(place.name());
    }
    Emulator.of(place.name()).ifPresent(Emulator::kill);
    place.folder().markStopped();
  }

  /** Removes every trace. */
  void remove(Place place) {
    end(place);
    Taps.remove(place);
    place.folder().delete();
  }

  private ProblemException failed(Place place, String what) {
    String last = place.folder().log().lastLine();
    return Problem.of(
            Problem.Code.HANDLER,
            "the virtual machine %s %s%s"
                .formatted(place.name(), what, last.isEmpty() ? "" : "; last it printed: " + last))
        .next("see the log of the function, and correct its image")
        .asException();
  }
}
