package org.universalnode.compute.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
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
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.compute.Watch;
import org.universalnode.linux.ControlGroup;
import org.universalnode.linux.ControlGroupUsage;
import org.universalnode.linux.ControlGroups;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/**
 * The driver: an instance is a folder, a container, and the container's network namespace, pinned.
 * What state it is in, the folder and the kernel say: that is known without the engine.
 */
final class DockerDriver implements FunctionDriver {
  static final String TYPE = "docker";

  private static final System.Logger LOG = System.getLogger(DockerDriver.class.getName());

  private final Places places;
  private final ControlGroups cgroups;
  private final Containers containers;
  private final Images images;
  private final Disturbances disturbances;
  private final Life life;
  private final ControlRelays relays = new ControlRelays();

  private DockerDriver(Places places, Path folder, Containers containers) {
    this.places = places;
    this.cgroups = ControlGroups.detect();
    this.containers = containers;
    this.images = new Images(containers.engine(), containers.patience());
    this.disturbances = new Disturbances(places, place -> !isDisturbed(place));
    this.life = new Life(places, containers, images, WaitingProgram.install(folder), disturbances);
  }

  static Result<FunctionDriver> open(String node, Path state, Path socket, Patience patience) {
    return Result.of(
        () -> {
          Path folder = folder(state);
          Places places = new Places(node, instances(folder));
          places.prepare();
          Engine engine = new Engine(socket, patience.call());
          return new DockerDriver(places, folder, new Containers(engine, node, patience));
        });
  }

  /** Whether a node has left containers, which it will want to see again. */
  static boolean hasInstances(Path state) {
    String[] found = instances(folder(state)).toFile().list();
    return found != null && found.length > 0;
  }

  private static Path folder(Path state) {
    return state.toAbsolutePath().resolve("docker");
  }

  private static Path instances(Path folder) {
    return folder.resolve("instances");
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Result<String> install(ImageSource source) {
    return Result.of(() -> images.install(source));
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
          relays.open(spec.id(), place.namespace(), spec.surroundings().controlPorts());
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
          Recorded told = started(place, spec.id());
          boolean same = told.equals(Recorded.following(Optional.of(told), spec));
          if (same && place.folder().configuration().equals(spec.configuration())) {
            return;
          }
          boolean paused = place.folder().paused();
          if (paused) {
            containers.unpause(place.name());
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
  public Result<Nothing> connected(FunctionSpec spec) {
    return Result.run(
        () -> {
          Place place = places.of(spec.id());
          life.lead(place, started(place, spec.id()));
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

  /** Frames wait for a container that stands still, so its cables are pulled first. */
  private void standStill(Place place) {
    boolean before = place.folder().paused();
    Recorded instance = place.folder().instance().orElseThrow();
    place.folder().markPaused();
    place.cables(instance).disconnect();
    try {
      containers.pause(place.name());
    } catch (ProblemException e) {
      if (!before) {
        place.cables(instance).connect();
        place.folder().markResumed();
      }
      throw e;
    }
  }

  @Override
  public Result<Nothing> resume(InstanceId id) {
    return Result.run(
        () -> {
          Place place = places.of(id);
          Recorded instance = started(place, id);
          if (place.folder().paused()) {
            containers.unpause(place.name());
            place.cables(instance).connect();
            place.folder().markResumed();
          }
        });
  }

  @Override
  public Result<Nothing> stop(InstanceId id) {
    return Result.run(
        () -> {
          Place place = places.of(id);
          relays.close(id);
          if (place.folder().instance().isPresent()) {
            life.stop(place);
          }
        });
  }

  @Override
  public Result<Nothing> delete(InstanceId id) {
    return Result.run(
        () -> {
          relays.close(id);
          life.remove(places.of(id));
        });
  }

  @Override
  public Result<Nothing> pin(InstanceId id, Set<Integer> cores) {
    return Result.run(() -> containers.pin(places.of(id).name(), cores));
  }

  @Override
  public Result<List<ObservedInstance>> observe() {
    return Result.of(
        () -> {
          List<ObservedInstance> found = new ArrayList<>();
          for (Place place : places.all()) {
            place
                .folder()
                .instance()
                .ifPresentOrElse(of -> found.add(observed(of.id())), () -> sweep(place));
          }
          places.pinnedOnly().forEach(this::sweep);
          containersOnly().forEach(this::sweep);
          return found;
        });
  }

  /** Without the engine they stay, and are looked for again the next time. */
  private List<Place> containersOnly() {
    return switch (Result.of(containers::names)) {
      case Result.Done<List<String>>(List<String> names) ->
          names.stream().map(places::named).filter(place -> !place.folder().exists()).toList();
      case Result.Failed<List<String>>(Problem problem) -> {
        LOG.log(System.Logger.Level.WARNING, "{0}", problem);
        yield List.of();
      }
    };
  }

  /** Removes what nobody can say any more what it was; one that resists hides no other. */
  private void sweep(Place place) {
    if (Result.run(() -> life.remove(place)) instanceof Result.Failed<Nothing>(Problem problem)) {
      LOG.log(System.Logger.Level.WARNING, "can''t remove {0}: {1}", place.name(), problem);
    }
  }

  @Override
  public Result<ObservedInstance> observe(InstanceId id) {
    return Result.of(() -> observed(id));
  }

  private ObservedInstance observed(InstanceId id) {
    Place place = places.of(id);
    Set<Integer> processes = group(place).map(ControlGroup::processes).orElse(Set.of());
    return new ObservedInstance(id, place.name(), state(place), processes, place.missing());
  }

  private static State state(Place place) {
    Optional<Recorded> instance = place.folder().instance();
    if (instance.isEmpty() || !place.namespace().exists()) {
      return State.BROKEN;
    }
    if (place.folder().process().isEmpty()) {
      return State.CREATED;
    }
    if (place.cables(instance.get()).areLost()) {
      return State.BROKEN;
    }
    return place.folder().paused() ? State.PAUSED : State.STARTED;
  }

  private static boolean isDisturbed(Place place) {
    return state(place) == State.BROKEN || !place.missing().isEmpty();
  }

  private Optional<ControlGroup> group(Place place) {
    return place.folder().process().flatMap(process -> ContainerGroup.of(process, cgroups));
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
          Optional<ControlGroup> group = group(place);
          ControlGroupUsage usage =
              group
                  .map(ControlGroup::usage)
                  .orElse(new ControlGroupUsage(OptionalLong.of(0), Duration.ZERO));
          return new InstanceStats(
              instance.containment(),
              usage.memoryBytes(),
              usage.cpu(),
              group.map(ControlGroup::processes).orElse(Set.of()).size(),
              group.map(ControlGroup::cores).orElse(Set.of()),
              OptionalInt.empty());
        });
  }

  /** What the image's own health check says; one without is well. */
  @Override
  public Result<InstanceHealth> health(InstanceId id) {
    return Result.of(
        () -> {
          Place place = places.of(id);
          started(place, id);
          if (place.folder().paused()) {
            return new InstanceHealth("it is paused", "{}");
          }
          Answer health = containers.get(place.name()).described().at("State").at("Health");
          if (!health.at("Status").text().equals("unhealthy")) {
            return new InstanceHealth("", "{}");
          }
          List<Answer> said = health.at("Log").items();
          String last = said.isEmpty() ? "" : said.getLast().at("Output").text().strip();
          return new InstanceHealth(last.isEmpty() ? "it is not healthy" : last, "{}");
        });
  }

  @Override
  public Result<LogText> log(InstanceId id, OptionalLong from, int mostBytes) {
    return Result.of(
        () -> {
          Place place = places.of(id);
          recorded(place, id);
          return new ContainerLog(containers.engine(), place.name()).read(from, mostBytes);
        });
  }

  @Override
  public Result<Execution> exec(InstanceId id, List<String> command, Duration limit) {
    return Result.of(
        () -> {
          Place place = places.of(id);
          started(place, id);
          if (place.folder().paused()) {
            throw Problem.of(Problem.Code.CONFLICT, id + " is paused")
                .next("resume it first")
                .asException();
          }
          return new Commands(containers.engine(), place.name(), Map.of()).run(command, limit);
        });
  }

  /** Instances outlive the driver. */
  @Override
  public void close() {
    disturbances.close();
    relays.close();
  }

  private static Recorded recorded(Place place, InstanceId id) {
    return place
        .folder()
        .instance()
        .orElseThrow(
            () ->
                Problem.of(Problem.Code.NOT_FOUND, "no container " + id + " is here")
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
