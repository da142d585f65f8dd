package org.universalnode.compute.nativefn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.PortSpec;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;

/** An instance of one graph, which nobody else uses. */
final class OwnLife implements Life {
  private static final System.Logger LOG = System.getLogger(OwnLife.class.getName());

  /** What a function has that is being told another one: no configuration is equal to it. */
  private static final String UNKNOWN = "";

  private final Places places;
  private final Foundation foundation;
  private final Patience patience;

  OwnLife(Places places, Foundation foundation, Patience patience) {
    this.places = places;
    this.foundation = foundation;
    this.patience = patience;
  }

  @Override
  public Instance create(FunctionSpec spec) {
    Place place = places.of(spec.id());
    Optional<Handle> usable =
        place.folder().handle().filter(earlier -> isUsable(place, earlier, spec));
    if (usable.isEmpty() && place.isTouched()) {
      foundation.remove(place); // of another kind, or cut off: what of it ran is unknown
    }
    foundation.make(place, usable.orElseGet(() -> Handle.of(spec)));
    foundation.watch(place);
    return Foundation.instance(spec, place, Handle.following(usable, spec));
  }

  /** Also with other ports: these it is told of when they are there. */
  private static boolean isUsable(Place place, Handle earlier, FunctionSpec spec) {
    return place.folder().started()
        && earlier.isLike(Handle.of(spec))
        && place.isWhole(spec.containment().isolation())
        && !new Ports(place.namespace(), earlier.interfaces()).areLost();
  }

  @Override
  public void start(FunctionSpec spec) {
    Place place = places.of(spec.id());
    Optional<Handle> earlier = place.folder().handle();
    Handle handle = Handle.following(earlier, spec);
    if (place.folder().started()) {
      if (place.missing().isEmpty()) {
        foundation.watch(place);
        return;
      }
      endRest(place, earlier.orElse(handle));
    }
    new Ports(place.namespace(), handle.interfaces()).configure(spec.ports());
    try {
      foundation.confine(place, handle);
      run(Handler.START, handle, spec.configuration(), place);
    } catch (ProblemException e) {
      place.cgroup().kill();
      throw e;
    }
    foundation.watch(place);
  }

  /**
   * By the update handler, which interrupts nothing and changes nothing if it fails; a function
   * without one, or which is not whole any more, is started again.
   */
  @Override
  public void update(FunctionSpec spec) {
    Place place = places.of(spec.id());
    String before = place.folder().configuration();
    Handle earlier = place.folder().handle().orElseGet(() -> Handle.of(spec));
    Handle handle = Handle.following(Optional.of(earlier), spec);
    boolean live =
        handler(place, handle).exists(Handler.UPDATE)
            && place.isWhole(spec.containment().isolation());
    configureNew(place, earlier, handle, spec.ports());
    place.folder().markStarted(UNKNOWN);
    try {
      if (!live) {
        stop(place, earlier);
        foundation.confine(place, handle);
      }
      run(live ? Handler.UPDATE : Handler.START, handle, spec.configuration(), place);
    } catch (ProblemException e) {
      restore(before, earlier, place, live);
      throw e;
    } finally {
      foundation.watch(place);
    }
  }

  /** The others are the function's by now. */
  private static void configureNew(
      Place place, Handle earlier, Handle handle, List<PortSpec> specs) {
    List<String> names = new ArrayList<>();
    List<PortSpec> ports = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      String name = handle.interfaces().get(i);
      if (!earlier.interfaces().contains(name)) {
        names.add(name);
        ports.add(specs.get(i));
      }
    }
    new Ports(place.namespace(), names).configure(ports);
  }

  @Override
  public void stop(Place place, Handle handle) {
    foundation.expectChanges(place);
    try {
      if (place.folder().started() && place.namespace().exists()) {
        place.cgroup().thaw();
        handler(place, handle).runIfThere(Handler.STOP, patience.stop());
      }
    } finally {
      place.cgroup().kill();
      place.folder().markStopped();
    }
  }

  @Override
  public void remove(Place place, Handle handle) {
    foundation.remove(place);
  }

  /** Removes what has lost its folder: nobody can say any more what it was. */
  void removeOrphans() {
    places.withoutFolder().forEach(foundation::remove);
  }

  /** Removes what nobody could finish recording. */
  void removeUnrecorded(Place place) {
    foundation.remove(place);
  }

  @Override
  public void recount(Place place, List<Member> lost) {
    List<Member> members = new ArrayList<>(lost);
    members.addAll(Members.among(place.processes()));
    foundation.settle(place, members);
  }

  @Override
  public List<String> missing(Place place, Handle handle) {
    return place.missing();
  }

  @Override
  public void watch(Place place) {
    foundation.watch(place);
  }

  @Override
  public Handler handler(Place place, Handle handle) {
    return new Handler(place, handle, place.folder().log(), place.folder().configurationFile());
  }

  private void run(String handlerName, Handle handle, String configuration, Place place) {
    Foundation.writeConfiguration(place, place.folder().configurationFile(), configuration);
    List<Member> lost = place.folder().members().missing();
    handler(place, handle).run(handlerName, patience.start());
    recount(place, lost);
    if (!place.folder().handle().equals(Optional.of(handle))) {
      place.folder().rewrite(handle);
    }
    place.folder().markStarted(configuration);
  }

  /** Its stop handler may need what is lost: then the end is ours to make. */
  private void endRest(Place place, Handle handle) {
    LOG.log(System.Logger.Level.INFO, "{0} lost {1}", handle.id(), place.missing());
    Result<?> stopped = Result.run(() -> stop(place, handle));
    if (stopped instanceof Result.Failed<?>(Problem problem)) {
      LOG.log(System.Logger.Level.WARNING, "while restarting {0}: {1}", handle.id(), problem);
    }
  }

  private void restore(String configuration, Handle handle, Place place, boolean live) {
    Foundation.writeConfiguration(place, place.folder().configurationFile(), configuration);
    if (live) {
      place.folder().markStarted(configuration);
    } else {
      place.cgroup().kill();
      foundation.confine(place, handle);
      run(Handler.START, handle, configuration, place);
    }
  }
}
