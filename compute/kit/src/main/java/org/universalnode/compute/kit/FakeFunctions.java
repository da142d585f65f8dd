package org.universalnode.compute.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance.State;
import org.universalnode.compute.Watch;

/** Instances that nothing but this object has. They outlive the drivers that it opens. */
public final class FakeFunctions {
  /** What each of them prints. */
  public static final String GREETING = "here I am";

  /** What their drivers can't install. */
  public static final ImageSource NO_IMAGE = new ImageSource.Registry("", Optional.empty());

  /**
   * One of them.
   *
   * @param process number of its only process; 0 if it has none
   * @param complaint what it says when it is asked how it is; empty if it is well
   * @param cores that its process may run on
   */
  record Fake(
      FunctionSpec spec,
      State state,
      int process,
      boolean isMissing,
      String complaint,
      Set<Integer> cores) {

    static Fake made(FunctionSpec spec) {
      return new Fake(spec, State.CREATED, 0, false, "", Set.of());
    }

    Fake with(State next) {
      return new Fake(spec, next, process, isMissing, complaint, cores);
    }

    Fake updated(FunctionSpec to) {
      return new Fake(to, state, process, isMissing, complaint, cores);
    }

    Fake pinned(Set<Integer> to) {
      return new Fake(spec, state, process, isMissing, complaint, to);
    }

    Fake started(FunctionSpec with, int number) {
      return new Fake(with, State.STARTED, number, false, "", cores);
    }

    Fake stopped() {
      return new Fake(spec, State.CREATED, 0, false, "", cores);
    }

    Fake lost() {
      return new Fake(spec, state, 0, true, complaint, cores);
    }

    Fake complaining(String of) {
      return new Fake(spec, state, process, isMissing, of, cores);
    }
  }

  private final Map<InstanceId, Fake> all = new LinkedHashMap<>();
  private final List<Consumer<InstanceId>> listeners = new CopyOnWriteArrayList<>();
  private int lastProcess;

  /** A driver of these; another one sees the same. */
  public FunctionDriver driver() {
    return new FakeFunctionDriver(this);
  }

  /** Ends the process of an instance, as another program would. */
  public void disturb(InstanceId id) {
    change(id, Fake::lost);
    tell(id);
  }

  /** Takes away what the instance stands on. */
  public void vanish(InstanceId id) {
    change(id, fake -> fake.lost().with(State.BROKEN));
    tell(id);
  }

  /** Makes it say from now on that it is ill, until it is started again; empty for well. */
  public synchronized void complain(InstanceId id, String reason) {
    change(id, fake -> fake.complaining(reason));
  }

  synchronized Fake get(InstanceId id) {
    Fake fake = all.get(id);
    if (fake == null) {
      throw new IllegalArgumentException("there is no instance " + id);
    }
    return fake;
  }

  synchronized boolean has(InstanceId id) {
    return all.containsKey(id);
  }

  synchronized List<InstanceId> ids() {
    return new ArrayList<>(all.keySet());
  }

  synchronized void put(Fake fake) {
    all.put(fake.spec().id(), fake);
  }

  synchronized void remove(InstanceId id) {
    all.remove(id);
  }

  synchronized void change(InstanceId id, UnaryOperator<Fake> change) {
    all.computeIfPresent(id, (_, fake) -> change.apply(fake));
  }

  synchronized int newProcess() {
    return ++lastProcess;
  }

  Watch listen(Consumer<InstanceId> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void tell(InstanceId id) {
    listeners.forEach(listener -> listener.accept(id));
  }
}
