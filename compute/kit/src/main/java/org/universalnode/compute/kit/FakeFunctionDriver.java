package org.universalnode.compute.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.universalnode.compute.kit.FakeFunctions.Fake;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/** Fulfils the contract on {@link FakeFunctions}. */
final class FakeFunctionDriver implements FunctionDriver {
  private final FakeFunctions functions;

  FakeFunctionDriver(FakeFunctions functions) {
    this.functions = functions;
  }

  @Override
  public String type() {
    return "fake";
  }

  @Override
  public boolean plugsPorts() {
    return true;
  }

  @Override
  public Result<String> install(ImageSource source) {
    return source.equals(FakeFunctions.NO_IMAGE)
        ? Result.failed(
            Problem.of(Problem.Code.NOT_FOUND, "there is no image without a name")
                .next("give it one"))
        : Result.done(source.toString());
  }

  @Override
  public Result<Instance> create(FunctionSpec spec) {
    boolean usable =
        functions.has(spec.id())
            && functions.get(spec.id()).state() != State.BROKEN
            && (functions.get(spec.id()).spec().ports().equals(spec.ports())
                || functions.get(spec.id()).process() != 0)
            && functions.get(spec.id()).spec().image().equals(spec.image());
    if (!usable) {
      functions.put(Fake.made(spec));
    }
    List<Instance.Port> ports = new ArrayList<>();
    spec.ports()
        .forEach(
            port -> ports.add(new Instance.Port(port.label(), "port" + ports.size(), port.mac())));
    return Result.done(new Instance(spec.id(), namespace(spec.id()), ports));
  }

  @Override
  public Result<Nothing> start(FunctionSpec spec) {
    return changed(
        spec.id(),
        fake -> {
          if (fake.state() == State.CREATED || fake.isMissing()) {
            Fake started = fake.started(spec, functions.newProcess());
            functions.put(fake.state() == State.PAUSED ? started.with(State.PAUSED) : started);
          }
        });
  }

  @Override
  public Result<Nothing> update(FunctionSpec spec) {
    return changed(spec.id(), fake -> functions.put(fake.updated(spec)));
  }

  @Override
  public Result<Nothing> pause(InstanceId id) {
    return changed(id, fake -> functions.put(fake.with(State.PAUSED)));
  }

  @Override
  public Result<Nothing> resume(InstanceId id) {
    return changed(id, fake -> functions.put(fake.with(State.STARTED)));
  }

  @Override
  public Result<Nothing> stop(InstanceId id) {
    return changed(id, fake -> functions.put(fake.stopped()));
  }

  @Override
  public Result<Nothing> delete(InstanceId id) {
    functions.remove(id);
    return Result.done();
  }

  @Override
  public Result<Nothing> pin(InstanceId id, Set<Integer> cores) {
    return changed(id, fake -> functions.put(fake.pinned(cores)));
  }

  @Override
  public Result<List<ObservedInstance>> observe() {
    return Result.of(() -> functions.ids().stream().map(id -> observe(id).orThrow()).toList());
  }

  @Override
  public Result<ObservedInstance> observe(InstanceId id) {
    if (!functions.has(id)) {
      return Result.done(new ObservedInstance(id, namespace(id), State.BROKEN, Set.of()));
    }
    Fake fake = functions.get(id);
    Set<Integer> processes = fake.process() == 0 ? Set.of() : Set.of(fake.process());
    List<String> missing = fake.isMissing() ? List.of("its process") : List.of();
    return Result.done(new ObservedInstance(id, namespace(id), fake.state(), processes, missing));
  }

  @Override
  public Watch watch(Consumer<InstanceId> disturbed) {
    return functions.listen(disturbed);
  }

  @Override
  public Result<InstanceStats> stats(InstanceId id) {
    return found(
        id,
        new InstanceStats(
            functions.get(id).spec().containment(),
            OptionalLong.empty(),
            Duration.ZERO,
            functions.get(id).process() == 0 ? 0 : 1,
            functions.get(id).cores(),
            OptionalInt.empty()));
  }

  @Override
  public Result<InstanceHealth> health(InstanceId id) {
    return functions.has(id)
        ? Result.done(new InstanceHealth(functions.get(id).complaint(), "{}"))
        : unknown(id);
  }

  @Override
  public Result<LogText> log(InstanceId id, OptionalLong from, int mostBytes) {
    return found(id, new LogText(FakeFunctions.GREETING, FakeFunctions.GREETING.length()));
  }

  @Override
  public Result<Execution> exec(InstanceId id, List<String> command, Duration limit) {
    return found(id, new Execution(0, String.join(" ", command)));
  }

  @Override
  public void close() {}

  private Result<Nothing> changed(InstanceId id, Consumer<Fake> change) {
    if (!functions.has(id)) {
      return unknown(id);
    }
    change.accept(functions.get(id));
    return Result.done();
  }

  private <T> Result<T> found(InstanceId id, T answer) {
    return functions.has(id) ? Result.done(answer) : unknown(id);
  }

  private static <T> Result<T> unknown(InstanceId id) {
    return Result.failed(Problem.of(Problem.Code.NOT_FOUND, "no function " + id + " runs here"));
  }

  private static String namespace(InstanceId id) {
    return "fake-" + id.graph() + "-" + id.function();
  }
}
