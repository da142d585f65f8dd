package org.universalnode.compute.dpdk;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
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
import org.universalnode.linux.ControlGroupUsage;
import org.universalnode.linux.ControlGroups;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/** The driver: an instance is a folder, a network namespace, a cgroup, and one process. */
final class DpdkDriver implements FunctionDriver {
  static final String TYPE = "dpdk";

  private final Places places;
  private final Life life;
  private final Disturbances disturbances;
  private final LogKeeping logs;

  private DpdkDriver(Places places, ControlGroups cgroups, Patience patience) {
    this.places = places;
    this.disturbances = new Disturbances(places, place -> !isDisturbed(place));
    this.life = new Life(places, cgroups, patience, disturbances, HugePages.OF_MACHINE);
    this.logs = new LogKeeping(places);
  }

  static Result<FunctionDriver> open(String node, Path state, Patience patience) {
    ControlGroups cgroups = ControlGroups.detect();
    if (!cgroups.missing().isEmpty()) {
      return Result.failed(
          Problem.of(Problem.Code.UNSUPPORTED, cgroups.missing())
              .next("mount the cgroup file system"));
    }
    Places places = new Places(node, state.resolve("dpdk"), cgroups);
    return Result.of(
        () -> {
          places.prepare();
          return new DpdkDriver(places, cgroups, patience);
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
                          Problem.Code.UNSUPPORTED, "no DPDK process comes from a registry")
                      .next("give the template an archive, or an executable")
                      .asException();
            });
  }

  /** A file that was downloaded is not executable. */
  private static String usable(Path path) {
    Application application = Application.of(path);
    try {
      if (application.program().equals(path)) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path.toString();
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
          started(place, spec.id());
          if (place.folder().configuration().equals(spec.configuration())) {
            return;
          }
          boolean paused = place.folder().paused();
          life.update(spec);
          if (paused) {
            standStill(place);
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
            place.cgroup().thaw();
            place.cables(instance).connect();
            place.folder().markResumed();
          }
        });
  }

  /** Frames wait for a process that stands still, so its cables are pulled first. */
  private static void standStill(Place place) {
    place.folder().markPaused();
    place.folder().instance().ifPresent(instance -> place.cables(instance).disconnect());
    place.cgroup().freeze();
  }

  @Override
  public Result<Nothing> stop(InstanceId id) {
    return Result.run(
        () -> {
          Place place = places.of(id);
          if (place.folder().instance().isPresent()) {
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
    return Result.run(() -> places.of(id).cgroup().pin(cores));
  }

  @Override
  public Result<List<ObservedInstance>> observe() {
    return Result.of(
        () -> {
          List<ObservedInstance> found = new ArrayList<>();
          for (Place place : places.all()) {
            Optional<Recorded> instance = place.folder().instance();
            instance.ifPresentOrElse(of -> found.add(observed(of.id())), () -> life.remove(place));
          }
          places.withoutFolder().forEach(life::remove);
          return found;
        });
  }

  @Override
  public Result<ObservedInstance> observe(InstanceId id) {
    return Result.of(() -> observed(id));
  }

  private ObservedInstance observed(InstanceId id) {
    Place place = places.of(id);
    Set<Integer> processes =
        place.cgroup().processes().stream()
            .filter(pid -> RunningProcess.of(pid).isPresent())
            .collect(Collectors.toSet());
    return new ObservedInstance(
        id, place.namespace().name(), state(place), processes, Life.missing(place));
  }

  private static ObservedInstance.State state(Place place) {
    Optional<Recorded> instance = place.folder().instance();
    if (instance.isEmpty() || !place.isWhole(instance.get())) {
      return ObservedInstance.State.BROKEN;
    }
    if (place.folder().process().isEmpty()) {
      return ObservedInstance.State.CREATED;
    }
    if (place.cables(instance.get()).areLost()) {
      return ObservedInstance.State.BROKEN;
    }
    return place.folder().paused() ? ObservedInstance.State.PAUSED : ObservedInstance.State.STARTED;
  }

  private static boolean isDisturbed(Place place) {
    return state(place) == ObservedInstance.State.BROKEN || !Life.missing(place).isEmpty();
  }

  @Override
  public Watch watch(Consumer<InstanceId> disturbed) {
    return disturbances.listen(disturbed);
  }

  /** The kernel counts huge pages apart from other memory. */
  @Override
  public Result<InstanceStats> stats(InstanceId id) {
    return Result.of(
        () -> {
          Place place = places.of(id);
          Recorded instance = recorded(place, id);
          ControlGroupUsage usage = place.cgroup().usage();
          Set<Integer> processes = observed(id).processes();
          long huge = processes.isEmpty() ? 0 : Life.hugepages(instance) * HugePages.BYTES;
          OptionalLong memory =
              usage.memoryBytes().isPresent()
                  ? OptionalLong.of(usage.memoryBytes().getAsLong() + huge)
                  : OptionalLong.empty();
          return new InstanceStats(
              instance.containment(),
              memory,
              usage.cpu(),
              processes.size(),
              place.cgroup().cores(),
              OptionalInt.empty());
        });
  }

  /** It is well if it polls all its ports. */
  @Override
  public Result<InstanceHealth> health(InstanceId id) {
    return Result.of(
        () -> {
          Place place = places.of(id);
          Recorded instance = started(place, id);
          if (place.folder().paused()) {
            return new InstanceHealth("it is paused", "{}");
          }
          List<String> missing = place.missing(instance);
          JsonObject report = new JsonObject();
          report.addProperty("ports", instance.ports().size());
          report.addProperty("hugepages", Life.hugepages(instance));
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
    return Result.of(
        () -> {
          Place place = places.of(id);
          Recorded instance = recorded(place, id);
          if (place.folder().paused()) {
            throw Problem.of(Problem.Code.CONFLICT, id + " is paused")
                .next("resume it first")
                .asException();
          }
          return new Launch(place, instance).execute(command, limit);
        });
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
                Problem.of(Problem.Code.NOT_FOUND, "no DPDK process " + id + " is here")
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
