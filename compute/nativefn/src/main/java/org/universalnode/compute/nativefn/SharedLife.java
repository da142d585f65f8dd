package org.universalnode.compute.nativefn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.nativefn.Handle.Part;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;

/**
 * A graph's part of an instance that serves many: ports of its own in the instance's namespace, and
 * a mark by which the instance knows its traffic. The instance starts with its first part and goes
 * with its last.
 *
 * <p>The folder of a part has its handle and log; all else is in the folder of the instance.
 */
final class SharedLife implements Life {
  private static final int LAST_MARK = 4095;

  private static final System.Logger LOG = System.getLogger(SharedLife.class.getName());

  private final Places places;
  private final Foundation foundation;
  private final Patience patience;

  SharedLife(Places places, Foundation foundation, Patience patience) {
    this.places = places;
    this.foundation = foundation;
    this.patience = patience;
  }

  @Override
  public Instance create(FunctionSpec spec) {
    String shared = spec.shared().orElseThrow();
    return alone(
        shared,
        () -> {
          Place part = places.of(spec.id());
          Optional<Handle> earlier = part.folder().handle();
          Place whole = places.shared(shared);
          endIncomplete(whole, spec);
          if (part.folder().exists() && !isUsable(part, earlier, spec)) {
            earlier.ifPresentOrElse(handle -> remove(part, handle), part.folder()::delete);
          }
          makeWhole(whole, spec);
          Handle handle =
              part.folder()
                  .handle()
                  .orElseGet(() -> Handle.of(spec, new Part(shared, mark(shared))));
          if (!part.folder().handle().equals(Optional.of(handle))) {
            part.folder().write(handle);
          }
          watch(part);
          return Foundation.instance(spec, whole, handle);
        });
  }

  /** Starts the instance if it is the first part that needs it. */
  @Override
  public void start(FunctionSpec spec) {
    String shared = spec.shared().orElseThrow();
    alone(
        shared,
        () -> {
          Place part = places.of(spec.id());
          Handle handle = part.folder().handle().orElseThrow();
          if (!part.missing().isEmpty()) {
            leave(part, handle);
          }
          if (!part.folder().started()) {
            startWhole(places.shared(shared));
            ports(handle).configure(spec.ports());
            attach(part, handle, spec.configuration());
          }
          watch(part);
          return spec;
        });
  }

  @Override
  public void update(FunctionSpec spec) {
    Place part = places.of(spec.id());
    Handle handle = part.folder().handle().orElseThrow();
    String before = part.folder().configuration();
    try {
      attach(part, handle, spec.configuration());
    } catch (ProblemException e) {
      Foundation.writeConfiguration(whole(handle), handler(part, handle).configuration(), before);
      throw e;
    } finally {
      watch(part);
    }
  }

  @Override
  public void stop(Place part, Handle handle) {
    foundation.expectChanges(part);
    try {
      if (part.folder().started() && isWhole(handle)) {
        handler(part, handle).run(Handler.DETACH, patience.start());
      }
    } finally {
      part.folder().markStopped();
    }
  }

  @Override
  public void remove(Place part, Handle handle) {
    String shared = sharedBy(handle).shared();
    alone(
        shared,
        () -> {
          foundation.expectChanges(part);
          ports(handle).remove();
          InstanceFolder.remove(handler(part, handle).configuration());
          part.folder().delete();
          if (parts(shared).isEmpty()) {
            foundation.remove(places.shared(shared));
          }
          return shared;
        });
  }

  @Override
  public void recount(Place place, List<Member> lost) {
    List<Member> members = new ArrayList<>(lost);
    members.addAll(Members.among(place.processes()));
    foundation.settle(place, members);
  }

  @Override
  public List<String> missing(Place part, Handle handle) {
    List<String> missing = new ArrayList<>(part.missing());
    missing.addAll(whole(handle).missing());
    return missing;
  }

  @Override
  public void watch(Place part) {
    foundation.watch(part);
  }

  @Override
  public Handler handler(Place part, Handle handle) {
    Place whole = whole(handle);
    return new Handler(
        whole,
        handle,
        part.folder().log(),
        whole.folder().configurationFile(sharedBy(handle).mark()));
  }

  /** Removes instances of which no graph has a part; to be called before any is made. */
  void removeUnused() {
    for (InstanceFolder folder : places.all()) {
      folder
          .handle()
          .filter(Handle::isShared)
          .map(handle -> handle.id().function())
          .filter(shared -> parts(shared).isEmpty())
          .ifPresent(shared -> foundation.remove(places.shared(shared)));
    }
  }

  /** Where a part's processes and ports are. */
  Place whole(Handle handle) {
    return places.shared(sharedBy(handle).shared());
  }

  private void attach(Place part, Handle handle, String configuration) {
    Handler handler = handler(part, handle);
    if (!handler.exists(Handler.ATTACH) || !handler.exists(Handler.DETACH)) {
      throw Problem.of(
              Problem.Code.UNSUPPORTED,
              "the archive of %s can't serve several graphs: it has no attach and detach handlers"
                  .formatted(handle.id()))
          .next("give each graph an instance of its own")
          .asException();
    }
    Foundation.writeConfiguration(whole(handle), handler.configuration(), configuration);
    Set<Integer> before = whole(handle).processes();
    List<Member> earlier = part.folder().members().all();
    handler.run(Handler.ATTACH, patience.start());
    foundation.settle(part, joined(earlier, Members.among(whole(handle).processes()), before));
    part.folder().markStarted(configuration);
  }

  private boolean isUsable(Place part, Optional<Handle> earlier, FunctionSpec spec) {
    return part.folder().started()
        && earlier
            .filter(handle -> handle.part().isPresent())
            .filter(handle -> handle.equals(Handle.of(spec, sharedBy(handle))))
            .filter(handle -> whole(handle).folder().started())
            .filter(handle -> isWhole(handle) && !ports(handle).areLost())
            .isPresent();
  }

  private void makeWhole(Place whole, FunctionSpec spec) {
    if (!whole.isWhole(spec.containment().isolation())) {
      whole.folder().markStopped();
      parts(spec.shared().orElseThrow()).forEach(part -> part.folder().markStopped());
    }
    foundation.make(whole, whole.folder().handle().orElseGet(() -> Handle.shared(spec)));
    foundation.watch(whole);
  }

  /** One that lost a process is made anew for all its parts: who asks first begins. */
  private void endIncomplete(Place whole, FunctionSpec spec) {
    boolean isUnknown = !whole.folder().exists() && whole.isTouched();
    if (!isUnknown && whole.missing().isEmpty()) {
      return;
    }
    foundation.expectChanges(whole);
    whole.cgroup().kill();
    whole.namespace().delete();
    parts(spec.shared().orElseThrow()).stream()
        .flatMap(part -> part.folder().handle().stream())
        .map(Handle::id)
        .filter(id -> !id.equals(spec.id()))
        .forEach(foundation::disturb);
  }

  /** Ends a part of which something is lost; its detach handler may need just that. */
  private void leave(Place part, Handle handle) {
    Result<?> left = Result.run(() -> stop(part, handle));
    if (left instanceof Result.Failed<?>(Problem problem)) {
      LOG.log(System.Logger.Level.WARNING, "while restarting {0}: {1}", handle.id(), problem);
    }
  }

  /** What an attach handler left running is its part's, also what an earlier one did. */
  private static List<Member> joined(List<Member> earlier, List<Member> now, Set<Integer> before) {
    Set<Integer> own = earlier.stream().map(Member::pid).collect(Collectors.toSet());
    return now.stream()
        .filter(member -> !before.contains(member.pid()) || own.contains(member.pid()))
        .toList();
  }

  private void startWhole(Place whole) {
    if (whole.folder().started()) {
      return;
    }
    Foundation.writeConfiguration(whole, whole.folder().configurationFile(), "{}");
    Handle handle = whole.folder().handle().orElseThrow();
    try {
      foundation.confine(whole, handle);
      new Handler(whole, handle, whole.folder().log(), whole.folder().configurationFile())
          .run(Handler.START, patience.start());
    } catch (ProblemException e) {
      whole.cgroup().kill();
      throw e;
    }
    recount(whole, List.of());
    whole.folder().markStarted("{}");
    foundation.watch(whole);
  }

  private boolean isWhole(Handle handle) {
    return whole(handle).isWhole(handle.containment().isolation());
  }

  private Ports ports(Handle handle) {
    return new Ports(whole(handle).namespace(), handle.interfaces());
  }

  /**
   * The next that no part has. A mark comes again only after all others, for the function may still
   * know connections of the graph that had it.
   */
  private int mark(String shared) {
    InstanceFolder whole = places.shared(shared).folder();
    int last = whole.lastMark();
    Set<Integer> taken =
        parts(shared).stream()
            .map(part -> sharedBy(part.folder().handle().orElseThrow()).mark())
            .collect(Collectors.toSet());
    OptionalInt next =
        IntStream.range(0, LAST_MARK)
            .map(step -> (last + step) % LAST_MARK + 1)
            .filter(mark -> !taken.contains(mark))
            .findFirst();
    whole.writeLastMark(
        next.orElseThrow(
            () ->
                Problem.of(
                        Problem.Code.LIMIT,
                        "the shared instance %s serves %d graphs".formatted(shared, LAST_MARK))
                    .next("give this graph an instance of its own")
                    .asException()));
    return next.getAsInt();
  }

  private List<Place> parts(String shared) {
    return places.all().stream()
        .filter(
            folder ->
                folder
                    .handle()
                    .flatMap(Handle::part)
                    .filter(part -> part.shared().equals(shared))
                    .isPresent())
        .map(folder -> places.named(folder.name()))
        .toList();
  }

  private <T> T alone(String shared, java.util.function.Supplier<T> work) {
    ReentrantLock lock = places.lock(shared);
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private static Part sharedBy(Handle handle) {
    return handle.part().orElseThrow();
  }
}
