package org.universalnode.node.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/** An execution environment in memory, which outlives the node that uses it. */
final class FakeFunctions implements FunctionDriver {
  private final TreeMap<InstanceId, Life> lives =
      new TreeMap<>(
          Comparator.comparing(InstanceId::graph)
              .thenComparing(InstanceId::function)
              .thenComparingInt(InstanceId::incarnation));
  private final Map<String, InstanceId> namespaces = new HashMap<>();
  private final Faults faults;
  private final Consumer<String> namespaceGone;
  private int starts;

  /**
   * One instance.
   *
   * @param start which start of all it was; zero if it does not run
   */
  record Life(FunctionSpec spec, String configuration, int start) {}

  FakeFunctions(Faults faults, Consumer<String> namespaceGone) {
    this.faults = faults;
    this.namespaceGone = namespaceGone;
  }

  /** All that there is. */
  SortedMap<InstanceId, Life> lives() {
    return new TreeMap<>(lives);
  }

  /** It vanishes behind the node's back. */
  void lose(InstanceId id) {
    lives.remove(id);
    namespaceGone.accept("ns-" + id);
  }

  /** The machine boots: nothing is left. */
  void reboot() {
    lives.clear();
  }

  @Override
  public String type() {
    return "native";
  }

  @Override
  public boolean plugsPorts() {
    return true;
  }

  @Override
  public Result<String> install(ImageSource source) {
    return Result.done(source.toString());
  }

  @Override
  public Result<Instance> create(FunctionSpec spec) {
    return faults.pass(() -> "create " + spec.id(), () -> Result.done(made(spec)));
  }

  private Instance made(FunctionSpec spec) {
    Life present = lives.get(spec.id());
    if (present == null
        || !present.spec().image().equals(spec.image())
        || (!present.spec().ports().equals(spec.ports()) && !canBecome(present, spec))) {
      lose(spec.id());
      lives.put(spec.id(), new Life(spec, "", 0));
      namespaces.put("ns-" + spec.id(), spec.id());
    }
    List<Instance.Port> ports = new ArrayList<>();
    spec.ports()
        .forEach(p -> ports.add(new Instance.Port(p.label(), p.label().toString(), p.mac())));
    return new Instance(spec.id(), "ns-" + spec.id(), ports);
  }

  /** It runs, and none of its ports is another of the same label. */
  private static boolean canBecome(Life present, FunctionSpec spec) {
    return present.start() > 0
        && present.spec().ports().stream()
            .allMatch(
                port ->
                    spec.ports().stream()
                        .allMatch(
                            other -> !other.label().equals(port.label()) || other.equals(port)));
  }

  @Override
  public Result<Nothing> start(FunctionSpec spec) {
    return faults.pass(() -> "start " + spec.id(), () -> started(spec));
  }

  private Result<Nothing> started(FunctionSpec spec) {
    Life life = lives.get(spec.id());
    if (life == null) {
      return absent(spec.id());
    }
    if (life.start() == 0) {
      starts++;
      lives.put(spec.id(), new Life(spec, spec.configuration(), starts));
    }
    return Result.done();
  }

  @Override
  public Result<Nothing> update(FunctionSpec spec) {
    return faults.pass(() -> "configure " + spec.id(), () -> configured(spec));
  }

  private Result<Nothing> configured(FunctionSpec spec) {
    Life life = lives.get(spec.id());
    if (life == null || life.start() == 0) {
      return absent(spec.id());
    }
    lives.put(spec.id(), new Life(spec, spec.configuration(), life.start()));
    return Result.done();
  }

  @Override
  public Result<Nothing> pause(InstanceId id) {
    return Result.done();
  }

  @Override
  public Result<Nothing> resume(InstanceId id) {
    return Result.done();
  }

  @Override
  public Result<Nothing> stop(InstanceId id) {
    return faults.pass(
        () -> "stop " + id,
        () -> {
          lives.computeIfPresent(id, (_, life) -> new Life(life.spec(), "", 0));
          return Result.done();
        });
  }

  @Override
  public Result<Nothing> delete(InstanceId id) {
    return faults.pass(
        () -> "delete " + id,
        () -> {
          lose(id);
          return Result.done();
        });
  }

  @Override
  public Result<Nothing> pin(InstanceId id, Set<Integer> cores) {
    return Result.done();
  }

  @Override
  public Result<List<ObservedInstance>> observe() {
    return Result.done(lives.keySet().stream().map(this::seen).toList());
  }

  @Override
  public Result<ObservedInstance> observe(InstanceId id) {
    return Result.done(seen(id));
  }

  private ObservedInstance seen(InstanceId id) {
    Life life = lives.get(id);
    if (life == null) {
      return new ObservedInstance(id, "", ObservedInstance.State.BROKEN, Set.of());
    }
    return life.start() == 0
        ? new ObservedInstance(id, "ns-" + id, ObservedInstance.State.CREATED, Set.of())
        : new ObservedInstance(
            id, "ns-" + id, ObservedInstance.State.STARTED, Set.of(life.start()));
  }

  @Override
  public Result<InstanceStats> stats(InstanceId id) {
    Life life = lives.get(id);
    return life == null
        ? absent(id)
        : Result.done(
            new InstanceStats(
                life.spec().containment(),
                OptionalLong.empty(),
                Duration.ZERO,
                1,
                Set.of(),
                OptionalInt.empty()));
  }

  @Override
  public Result<InstanceHealth> health(InstanceId id) {
    return Result.done(new InstanceHealth("", ""));
  }

  @Override
  public Result<LogText> log(InstanceId id, OptionalLong from, int mostBytes) {
    return absent(id);
  }

  @Override
  public Result<Execution> exec(InstanceId id, List<String> command, Duration limit) {
    return absent(id);
  }

  private static <T> Result<T> absent(InstanceId id) {
    return Result.failed(
        Problem.of(Problem.Code.NOT_FOUND, "there is no " + id + " that could do that")
            .next("create and start it first"));
  }

  @Override
  public void close() {}

  /** The simulation says itself what it has taken away. */
  @Override
  public Watch watch(Consumer<InstanceId> disturbed) {
    return () -> {};
  }

  /** The image that runs in a namespace and was told of the port; empty if nothing does. */
  Optional<String> running(FakeSwitch.Far at) {
    return Optional.ofNullable(namespaces.get(at.namespace()))
        .flatMap(id -> Optional.ofNullable(lives.get(id)))
        .filter(life -> life.start() > 0)
        .filter(life -> life.spec().ports().stream().anyMatch(p -> at.isPort(p.label())))
        .map(life -> life.spec().id().function() + " " + life.spec().image());
  }
}
