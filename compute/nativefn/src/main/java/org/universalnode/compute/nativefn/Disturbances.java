package org.universalnode.compute.nativefn;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.Watch;
import org.universalnode.linux.KernelException;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.ProcessEnd;

/**
 * Tells of instances to which something was done from outside. It costs one thread, a few
 * descriptors for all instances, and one for each of their members, of which there are {@value
 * #MOST_ENDS} at most; who asks for itself finds the end of others. Nothing before somebody
 * listens.
 */
final class Disturbances implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Disturbances.class.getName());
  private static final int MOST_ENDS = 4096;

  /**
   * What ends well so soon after the start handler was a part of the start, such as a command that
   * waits for an address; it is no loss.
   */
  private static final Duration SETTLING = Duration.ofSeconds(10);

  private final Places places;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Object telling = new Object();

  /** By name; guarded by this. */
  private final Map<String, Watched> all = new HashMap<>();

  /** How many members' ends are waited for; guarded by this. */
  private int awaited;

  private @Nullable KernelSenses senses;

  Disturbances(Places places) {
    this.places = places;
  }

  /** Tells also of the instances that exist already. */
  Watch listen(Consumer<InstanceId> listener) {
    Listener own = new Listener(listener);
    listeners.add(own);
    begin();
    return own;
  }

  /** Watches an instance as it is now. */
  void renew(Place place) {
    Optional<Watched> disturbed = watch(place);
    disturbed.ifPresent(this::tell);
  }

  /** Of what is done to the instance from now on nothing is told; others of its parts stay. */
  synchronized void forget(Place place) {
    Watched before = all.remove(place.folder().name());
    if (before != null) {
      awaited -= before.ends().size();
      before.letGo();
    }
  }

  /** Records of which processes an instance consists from now on. */
  synchronized void record(Place place, List<Member> members) {
    place.folder().members().write(members);
  }

  /** Tells of an instance that the driver itself had to change for the sake of another. */
  void tell(InstanceId id) {
    synchronized (telling) {
      listeners.forEach(listener -> listener.disturbed.accept(id));
    }
  }

  @Override
  public void close() {
    KernelSenses closing;
    synchronized (this) {
      closing = senses;
      senses = null;
      all.values().forEach(Watched::letGo);
      all.clear();
      awaited = 0;
    }
    if (closing != null) {
      closing.close();
    }
  }

  private void begin() {
    synchronized (this) {
      if (senses != null) {
        return;
      }
      senses = KernelSenses.open(places, this);
    }
    places.all().forEach(folder -> renew(places.named(folder.name())));
  }

  /** What is found to be disturbed already. */
  private synchronized Optional<Watched> watch(Place place) {
    Optional<Handle> handle = place.folder().handle();
    if (senses == null || handle.isEmpty()) {
      forget(place);
      return Optional.empty();
    }
    Watched before = all.get(place.folder().name());
    Watched now = Watched.of(place, handle.get());
    if (before != null && now.isCoveredBy(before)) {
      return Optional.empty();
    }
    forget(place);
    return begin(now, senses);
  }

  private Optional<Watched> begin(Watched instance, KernelSenses with) {
    Place whole = places.whole(instance.handle(), instance.place());
    try {
      with.watch(instance.place().folder(), whole.cgroup());
      Watched complete =
          instance.place().folder().started()
              ? instance.with(new Ports(whole.namespace(), instance.handle().interfaces()).far())
              : instance;
      all.put(instance.place().folder().name(), complete);
      boolean allThere = awaitEnds(complete, with);
      boolean linked = complete.farEnds().size() == complete.handle().interfaces().size();
      boolean standing = whole.namespace().exists() && whole.cgroup().exists();
      boolean started = instance.place().folder().started();
      return allThere && standing && (linked || !started)
          ? Optional.empty()
          : Optional.of(complete);
    } catch (KernelException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", instance.place().folder(), e.getMessage());
      all.put(instance.place().folder().name(), instance);
      return Optional.of(instance);
    }
  }

  /** Whether all members live. */
  private boolean awaitEnds(Watched instance, KernelSenses with) {
    boolean complete = true;
    int room = MOST_ENDS - awaited;
    for (Member member : instance.members().subList(0, Math.min(room, instance.members().size()))) {
      var end =
          ProcessEnd.watch(
              with.loop(),
              member.pid(),
              member.startTime(),
              code -> ended(instance.place(), member, code));
      end.ifPresent(instance.ends()::add);
      complete &= end.isPresent() || !member.leads();
    }
    awaited += instance.ends().size();
    return complete;
  }

  private void ended(Place place, Member member, OptionalInt code) {
    Watched instance;
    synchronized (this) {
      instance = all.get(place.folder().name());
      if (instance == null || !instance.members().contains(member)) {
        return; // the driver ended it
      }
      if (code.equals(OptionalInt.of(0)) && isSettling(place)) {
        place.folder().members().drop(member);
        return;
      }
    }
    tell(instance);
  }

  private static boolean isSettling(Place place) {
    return place.folder().members().age().filter(age -> age.compareTo(SETTLING) < 0).isPresent();
  }

  /** A folder or cgroup of that name is gone. */
  void gone(String name) {
    Watched instance;
    synchronized (this) {
      instance = all.get(name);
    }
    if (instance != null) {
      tell(instance);
    }
  }

  /** A link of this machine is gone. */
  void linkGone(int index) {
    List<Watched> disturbed;
    synchronized (this) {
      disturbed = all.values().stream().filter(at -> at.farEnds().contains(index)).toList();
    }
    disturbed.forEach(this::tell);
  }

  /** Something was mounted or unmounted. */
  void mountsChanged() {
    List<Watched> every = every();
    Set<String> pinned = NetworkNamespace.pinned(); // those before had theirs already
    every.stream()
        .filter(instance -> instance.handle().part().isEmpty())
        .filter(instance -> !pinned.contains(instance.place().namespace().name()))
        .filter(instance -> !instance.isCutOff().getAndSet(true))
        .forEach(this::tell);
  }

  /** Nobody knows what happened. */
  void missed() {
    every().forEach(this::tell);
  }

  private synchronized List<Watched> every() {
    return List.copyOf(all.values());
  }

  private void tell(Watched instance) {
    Set<InstanceId> ids;
    synchronized (this) {
      Stream<Watched> parts = all.values().stream().filter(other -> other.isPartOf(instance));
      Stream<Watched> who = instance.handle().isShared() ? parts : Stream.of(instance);
      ids = who.map(of -> of.handle().id()).collect(Collectors.toSet());
    }
    ids.forEach(this::tell);
  }

  /** One that listens twice is two. */
  private final class Listener implements Watch {
    private final Consumer<InstanceId> disturbed;

    Listener(Consumer<InstanceId> disturbed) {
      this.disturbed = disturbed;
    }

    @Override
    public void close() {
      synchronized (telling) {
        listeners.remove(this);
      }
    }
  }
}
