package org.universalnode.compute.libvirt;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.universalnode.compute.Execution;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceHealth;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.InstanceStats;
import org.universalnode.compute.LogText;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.compute.Watch;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/** The driver: an instance is a folder, a tap for each port, and a domain while it is started. */
final class LibvirtDriver implements FunctionDriver {
  static final String TYPE = "virtual-machine-kvm";

  private static final System.Logger LOG = System.getLogger(LibvirtDriver.class.getName());

  private final Places places;
  private final Virsh virsh;
  private final Life life;
  private final Disturbances disturbances;
  private final LogKeeping logs;

  private LibvirtDriver(Places places, String uri, Patience patience) {
    Commands commands = new Commands(places.commands(), patience.command());
    this.places = places;
    this.virsh = new Virsh(uri, commands);
    this.disturbances = new Disturbances(places, LibvirtDriver::isUndisturbed);
    this.life = new Life(places, virsh, commands, patience, disturbances);
    this.logs = new LogKeeping(places);
  }

  static Result<FunctionDriver> open(String node, Path state, String uri, Patience patience) {
    Places places = new Places(node, state.resolve("virtual-machines"));
    return Result.of(
        () -> {
          places.prepare();
          return new LibvirtDriver(places, uri, patience);
        });
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Result<String> install(ImageSource source) {
    return Result.of(
        () ->
            switch (source) {
              case ImageSource.Folder(Path path) -> usable(path);
              case ImageSource.File(Path path) -> usable(path);
              case ImageSource.Registry _ ->
                  throw Problem.of(
                          Problem.Code.UNSUPPORTED, "no virtual machine comes from a registry")
                      .next("give the template a disk image, or an archive with a kernel")
                      .asException();
            });
  }

  private static String usable(Path path) {
    MachineImage.of(path);
    return path.toString();
  }

  @Override
  public boolean plugsPorts() {
    return true;
  }

  @Override
  public Result<Instance> create(FunctionSpec spec) {
    return Result.of(() -> life.create(spec));
  }

  @Override
  public Result<Nothing> start(FunctionSpec spec) {
    return Result.run(
        () -> {
          Place place = places.of(spec.id());
          boolean paused = place.folder().paused();
          life.start(spec);
          if (paused) { // a switch set its ports up again, or it was started again
            standStill(place);
          }
        });
  }

  @Override
  public Result<Nothing> update(FunctionSpec spec) {
    return Result.run(
        () -> {
          Place place = places.of(spec.id());
          boolean same = started(place, spec.id()).equals(Recorded.of(spec));
          if (same && place.folder().configuration().equals(spec.configuration())) {
            return;
          }
          boolean paused = place.folder().paused();
          if (paused) {
            virsh.call("resume", place.name()); // a guest that stands still lets go of nothing
          }
          try {
            life.update(spec);
          } finally {
            if (paused) {
              standStill(place);
            }
          }
        });
  }

  @Override
  public Result<Nothing> pause(InstanceId id) {
    return Result.run(
        () -> {
          Place place = places.of(id);
          started(place, id);
          standStill(place);
        });
  }

  @Override
  public Result<Nothing> resume(InstanceId id) {
    return Result.run(
        () -> {
          Place place = places.of(id);
          Recorded instance = started(place, id);
          if (place.folder().paused()) {
            virsh.call("resume", place.name());
            Taps.of(place, instance).connect();
            place.folder().markResumed();
          }
        });
  }

  /** Frames that come meanwhile are not kept for it, so its ports go down as well. */
  private void standStill(Place place) {
    if (virsh.domain(place.name()).filter(state -> state == DomainState.RUNNING).isPresent()) {
      virsh.call("suspend", place.name());
    }
    place.folder().markPaused();
    place.folder().instance().ifPresent(instance -> Taps.of(place, instance).disconnect());
  }

  @Override
  public Result<Nothing> stop(InstanceId id) {
    return Result.run(
        () -> {
          Place place = places.of(id);
          if (place.folder().process().isPresent()) {
            life.stop(place);
          }
        });
  }

  @Override
  public Result<Nothing> delete(InstanceId id) {
    return Result.run(() -> life.remove(places.of(id)));
  }

  @Override
  public Result<Nothing> pin(InstanceId id, Set<Integer> cores) {
    return Result.run(
        () -> {
          Place place = places.of(id);
          Recorded instance = started(place, id);
          String list =
              cores.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
          for (int core = 0; core < instance.cores(); core++) {
            virsh.call("vcpupin", place.name(), String.valueOf(core), list, "--live");
          }
          virsh.call("emulatorpin", place.name(), list, "--live");
        });
  }

  @Override
  public Result<List<ObservedInstance>> observe() {
    return Result.of(
        () -> {
          removeOrphans();
          List<ObservedInstance> found = new ArrayList<>();
          for (Place place : places.all()) {
            place.folder().instance().ifPresent(of -> found.add(observed(of.id())));
          }
          return found;
        });
  }

  /** What was never recorded, or has lost its record: nobody can say any more what it was. */
  private void removeOrphans() {
    Map<String, DomainState> domains;
    try {
      domains = virsh.domains();
    } catch (ProblemException e) { // what runs is seen without libvirt too
      LOG.log(System.Logger.Level.WARNING, e.getMessage());
      return;
    }
    Set<String> names = new TreeSet<>(Taps.owners(places.node()));
    domains.keySet().stream().filter(places::isOurs).forEach(names::add);
    places.all().forEach(place -> names.add(place.name()));
    names.stream()
        .map(places::named)
        .filter(place -> place.folder().instance().isEmpty())
        .forEach(life::remove);
  }

  @Override
  public Result<ObservedInstance> observe(InstanceId id) {
    return Result.of(() -> observed(id));
  }

  private ObservedInstance observed(InstanceId id) {
    Place place = places.of(id);
    Set<Integer> processes =
        place
            .folder()
            .process()
            .filter(RunningProcess::alive)
            .map(of -> Set.of(of.pid()))
            .orElse(Set.of());
    return new ObservedInstance(id, place.name(), state(place), processes, life.missing(place));
  }

  private static ObservedInstance.State state(Place place) {
    Optional<Recorded> instance = place.folder().instance();
    if (instance.isEmpty() || Taps.of(place, instance.get()).areLost()) {
      return ObservedInstance.State.BROKEN;
    }
    if (place.folder().process().isEmpty()) {
      return ObservedInstance.State.CREATED;
    }
    return place.folder().paused() ? ObservedInstance.State.PAUSED : ObservedInstance.State.STARTED;
  }

  /** As far as the kernel can say. */
  private static boolean isUndisturbed(Place place) {
    return state(place) != ObservedInstance.State.BROKEN
        && place.folder().process().map(RunningProcess::alive).orElse(true);
  }

  @Override
  public Watch watch(Consumer<InstanceId> disturbed) {
    return disturbances.listen(disturbed);
  }

  @Override
  public Result<InstanceStats> stats(InstanceId id) {
    return Result.of(
        () -> {
          Place place = places.of(id);
          Recorded instance = recorded(place, id);
          Optional<Emulator> emulator =
              place.folder().process().filter(RunningProcess::alive).map(Emulator::new);
          return new InstanceStats(
              instance.containment(),
              emulator.map(Emulator::guestBytes).orElse(OptionalLong.of(0)),
              emulator.map(Emulator::cpu).orElse(Duration.ZERO),
              emulator.isPresent() ? 1 : 0,
              emulator.map(Emulator::cores).orElse(Set.of()),
              OptionalInt.empty());
        });
  }

  /** It is well if it runs; what its guest does only the guest knows. */
  @Override
  public Result<InstanceHealth> health(InstanceId id) {
    return Result.of(
        () -> {
          Place place = places.of(id);
          Recorded instance = started(place, id);
          if (place.folder().paused()) {
            return new InstanceHealth("it is paused", "{}");
          }
          List<String> missing = life.missing(place);
          JsonObject report = new JsonObject();
          report.addProperty("cores", instance.cores());
          report.addProperty("ports", instance.ports().size());
          String reason = missing.isEmpty() ? "" : "it lost " + String.join(", ", missing);
          return new InstanceHealth(reason, JsonText.canonical(report));
        });
  }

  @Override
  public Result<LogText> log(InstanceId id, OptionalLong from, int mostBytes) {
    return Result.of(
        () -> {
          Place place = places.of(id);
          recorded(place, id);
          return place.folder().log().read(from, mostBytes);
        });
  }

  @Override
  public Result<Execution> exec(InstanceId id, List<String> command, Duration limit) {
    return Result.failed(
        Problem.of(Problem.Code.UNSUPPORTED, "nothing is run inside a virtual machine")
            .next("use what the guest offers, such as a control port"));
  }

  /** Instances outlive the driver. */
  @Override
  public void close() {
    disturbances.close();
    logs.close();
  }

  private static Recorded recorded(Place place, InstanceId id) {
    return place
        .folder()
        .instance()
        .orElseThrow(
            () ->
                Problem.of(Problem.Code.NOT_FOUND, "no virtual machine " + id + " is here")
                    .next("look at the list of functions")
                    .asException());
  }

  private static Recorded started(Place place, InstanceId id) {
    Recorded instance = recorded(place, id);
    if (place.folder().process().isEmpty()) {
      throw Problem.of(Problem.Code.CONFLICT, id + " is not started")
          .next("start it first")
          .asException();
    }
    return instance;
  }
}
