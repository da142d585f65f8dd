package org.universalnode.compute.nativefn;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.universalnode.compute.Watch;
import org.universalnode.linux.ControlGroupUsage;
import org.universalnode.linux.ControlGroups;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/** The driver: an instance is a folder, a network namespace and a cgroup of one name. */
final class NativeDriver implements FunctionDriver {
  static final String TYPE = "native";

  private static final System.Logger LOG = System.getLogger(NativeDriver.class.getName());

  private final Places places;
  private final Patience patience;
  private final OwnLife own;
  private final SharedLife shared;
  private final LogKeeping logs;
  private final Disturbances disturbances;

  private NativeDriver(Places places, ControlGroups cgroups, Patience patience) {
    this.disturbances = new Disturbances(places);
    Foundation foundation = new Foundation(places, cgroups, disturbances);
    this.places = places;
    this.patience = patience;
    this.own = new OwnLife(places, foundation, patience);
    this.shared = new SharedLife(places, foundation, patience);
    this.logs = LogKeeping.begin(places);
  }

  static Result<FunctionDriver> open(String node, Path state, Patience patience) {
    ControlGroups cgroups = ControlGroups.detect();
    if (!cgroups.missing().isEmpty()) {
      return Result.failed(
          Problem.of(Problem.Code.UNSUPPORTED, cgroups.missing())
              .next("mount the cgroup file system"));
    }
    Places places = new Places(node, state.resolve("instances"), cgroups);
    return Result.of(
        () -> {
          places.prepare();
          return new NativeDriver(places, cgroups, patience);
        });
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Result<String> install(ImageSource source) {
    return switch (source) {
      case ImageSource.Folder(Path path) -> Result.done(path.toString());
      case ImageSource.File _, ImageSource.Registry _ ->
          Result.failed(
              Problem.of(Problem.Code.UNSUPPORTED, "no native function is " + source)
                  .next("give the template an archive"));
    };
  }

  @Override
  public boolean plugsPorts() {
    return true;
  }

  @Override
  public Result<Instance> create(FunctionSpec spec) {
    return Result.of(
        () -> {
          Place place = places.of(spec.id());
          Optional<Handle> earlier = place.folder().handle();
          if (earlier.isPresent() && life(earlier.get()) != life(spec)) {
            delete(place);
          }
          return life(spec).create(spec);
        });
  }

  @Override
  public Result<Nothing> start(FunctionSpec spec) {
    return Result.run(
        () -> {
          Place place = places.of(spec.id());
          boolean paused = place.folder().paused();
          life(spec).start(spec);
          if (paused) { // a switch set its ports up again, or it was started again
            standStill(place, place.folder().handle().orElseThrow());
          }
        });
  }

  @Override
  public Result<Nothing> update(FunctionSpec spec) {
    return Result.run(
        () -> {
          Place place = places.of(spec.id());
          Optional<Handle> told = place.folder().handle().filter(of -> of.hasPortsOf(spec));
          if (told.isPresent() && place.folder().configuration().equals(spec.configuration())) {
            return;
          }
          boolean paused = place.folder().paused();
          if (paused) {
            place.cgroup().thaw();
          }
          try {
            life(spec).update(spec);
          } finally {
            if (paused) {
              standStill(place, place.folder().handle().orElseThrow());
            }
          }
        });
  }

  @Override
  public Result<Nothing> connected(FunctionSpec spec) {
    return Result.run(() -> ports(started(places.of(spec.id()), spec.id())).lead());
  }

  @Override
  public Result<Nothing> pause(InstanceId id) {
    return Result.run(
        () -> {
          Place place = places.of(id);
          Handle handle = started(place, id);
          if (!place.folder().paused()) {
            tell(Handler.PAUSE, place, handle);
            standStill(place, handle);
          }
        });
  }

  @Override
  public Result<Nothing> resume(InstanceId id) {
    return Result.run(
        () -> {
          Place place = places.of(id);
          Handle handle = started(place, id);
          if (place.folder().paused()) {
            place.cgroup().thaw();
            ports(handle).connect();
            place.folder().markResumed();
            tell(Handler.RESUME, place, handle);
          }
        });
  }

  @Override
  public Result<Nothing> stop(InstanceId id) {
    return Result.run(
        () -> {
          Place place = places.of(id);
          Optional<Handle> handle = place.folder().handle();
          handle.ifPresent(of -> life(of).stop(place, of));
          handle.ifPresent(of -> life(of).watch(place));
        });
  }

  @Override
  public Result<Nothing> delete(InstanceId id) {
    return Result.run(() -> delete(places.of(id)));
  }

  @Override
  public Result<Nothing> pin(InstanceId id, Set<Integer> cores) {
    return Result.run(() -> whole(places.of(id)).cgroup().pin(cores));
  }

  @Override
  public Result<List<ObservedInstance>> observe() {
    return Result.of(
        () -> {
          List<ObservedInstance> found = new ArrayList<>();
          for (InstanceFolder folder : places.all()) {
            Optional<Handle> handle = folder.handle();
            if (handle.isEmpty()) {
              deleteUnrecorded(folder);
            } else if (!handle.get().isShared()) {
              found.add(observed(handle.get().id()));
            }
          }
          own.removeOrphans();
          shared.removeUnused();
          return found;
        });
  }

  @Override
  public Result<ObservedInstance> observe(InstanceId id) {
    return Result.of(() -> observed(id));
  }

  @Override
  public Result<InstanceStats> stats(InstanceId id) {
    return Result.of(
        () -> {
          Place place = places.of(id);
          Handle handle = recorded(place, id);
          Place whole = whole(place);
          ControlGroupUsage usage = whole.cgroup().usage();
          return new InstanceStats(
              handle.containment(),
              usage.memoryBytes(),
              usage.cpu(),
              whole.processes().size(),
              whole.cgroup().cores(),
              handle.part().map(part -> OptionalInt.of(part.mark())).orElse(OptionalInt.empty()));
        });
  }

  @Override
  public Result<InstanceHealth> health(InstanceId id) {
    return Result.of(
        () -> {
          Place place = places.of(id);
          Handle handle = started(place, id);
          if (place.folder().paused()) {
            return new InstanceHealth("it is paused", "{}");
          }
          return life(handle).handler(place, handle).health(patience.status());
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
          Handle handle = recorded(place, id);
          if (place.folder().paused()) {
            throw Problem.of(Problem.Code.CONFLICT, id + " is paused")
                .next("resume it first")
                .asException();
          }
          return life(handle).handler(place, handle).execute(command, limit);
        });
  }

  @Override
  public Watch watch(Consumer<InstanceId> disturbed) {
    return disturbances.listen(disturbed);
  }

  /** Instances outlive the driver. */
  @Override
  public void close() {
    disturbances.close();
    logs.close();
  }

  /** One that resists keeps nobody from seeing the others. */
  private void deleteUnrecorded(InstanceFolder folder) {
    if (Result.run(() -> delete(places.named(folder.name())))
        instanceof Result.Failed<Nothing>(Problem problem)) {
      LOG.log(System.Logger.Level.ERROR, "can''t remove what is left in {0}: {1}", folder, problem);
    }
  }

  /** A stop handler that fails does not keep the instance: its end is ours to enforce. */
  private void delete(Place place) {
    Optional<Handle> handle = place.folder().handle();
    if (handle.isEmpty()) {
      own.removeUnrecorded(place);
      return;
    }
    Life life = life(handle.get());
    Result<Nothing> stopped = Result.run(() -> life.stop(place, handle.get()));
    if (stopped instanceof Result.Failed<Nothing>(Problem problem)) {
      LOG.log(System.Logger.Level.WARNING, "while deleting {0}: {1}", place.folder(), problem);
    }
    life.remove(place, handle.get());
  }

  /** Its handler may end processes of it, or begin some. */
  private void tell(String handlerName, Place place, Handle handle) {
    Handler handler = life(handle).handler(place, handle);
    if (handler.exists(handlerName)) {
      List<Member> lost = place.folder().members().missing();
      handler.run(handlerName, patience.stop());
      if (handle.part().isEmpty()) {
        life(handle).recount(place, lost);
        life(handle).watch(place);
      }
    }
  }

  /** Processes of a shared instance serve others too, so there only the ports are shut. */
  private void standStill(Place place, Handle handle) {
    place.folder().markPaused();
    ports(handle).disconnect();
    if (handle.part().isEmpty()) {
      place.cgroup().freeze();
    }
  }

  private ObservedInstance observed(InstanceId id) {
    Place place = places.of(id);
    Optional<Handle> handle = place.folder().handle();
    Place whole = handle.map(of -> whole(place, of)).orElse(place);
    List<String> missing = handle.map(of -> life(of).missing(place, of)).orElse(List.of());
    ObservedInstance.State state =
        handle.map(of -> state(place, of)).orElse(ObservedInstance.State.BROKEN);
    return new ObservedInstance(id, whole.namespace().name(), state, whole.processes(), missing);
  }

  private ObservedInstance.State state(Place place, Handle handle) {
    if (!whole(place, handle).isWhole(handle.containment().isolation())) {
      return ObservedInstance.State.BROKEN;
    }
    if (!place.folder().started()) {
      return ObservedInstance.State.CREATED;
    }
    if (ports(handle).areLost()) {
      return ObservedInstance.State.BROKEN;
    }
    return place.folder().paused() ? ObservedInstance.State.PAUSED : ObservedInstance.State.STARTED;
  }

  private Ports ports(Handle handle) {
    Place place = handle.part().isPresent() ? shared.whole(handle) : places.of(handle.id());
    return new Ports(place.namespace(), handle.interfaces());
  }

  /** Where its processes and ports are. */
  private Place whole(Place place) {
    return place.folder().handle().map(handle -> whole(place, handle)).orElse(place);
  }

  private Place whole(Place place, Handle handle) {
    return handle.part().isPresent() ? shared.whole(handle) : place;
  }

  private Life life(Handle handle) {
    return handle.part().isPresent() ? shared : own;
  }

  private Life life(FunctionSpec spec) {
    return spec.shared().isPresent() ? shared : own;
  }

  private static Handle recorded(Place place, InstanceId id) {
    return place
        .folder()
        .handle()
        .orElseThrow(
            () ->
                Problem.of(Problem.Code.NOT_FOUND, "no function " + id + " runs here")
                    .asException());
  }

  private static Handle started(Place place, InstanceId id) {
    Handle handle = recorded(place, id);
    if (!place.folder().started()) {
      throw Problem.of(Problem.Code.CONFLICT, id + " is not started").asException();
    }
    return handle;
  }
}
