package org.universalnode.compute.nativefn;

import java.util.Optional;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.problem.ProblemException;

/** An instance of one graph, which nobody else uses. */
final class OwnLife implements Life {
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
    Handle handle = Handle.of(spec);
    Optional<Handle> earlier = place.folder().handle();
    boolean usable =
        place.folder().started()
            && earlier.equals(Optional.of(handle))
            && place.isWhole(spec.containment().isolation())
            && !new Ports(place.namespace(), handle.interfaces()).areLost();
    if (place.folder().exists() && !usable) {
      foundation.remove(place); // of another kind, or cut off: what of it ran is unknown
    }
    foundation.make(place, handle);
    return Foundation.instance(spec, place, handle);
  }

  @Override
  public void start(FunctionSpec spec) {
    Place place = places.of(spec.id());
    if (place.folder().started()) {
      return;
    }
    new Ports(place.namespace(), Handle.of(spec).interfaces()).configure(spec.ports());
    try {
      foundation.confine(place, Handle.of(spec));
      run(Handler.START, spec, place);
    } catch (ProblemException e) {
      place.cgroup().kill();
      throw e;
    }
  }

  /**
   * By the update handler, which interrupts nothing and changes nothing if it fails; a function
   * without one, or which is not whole any more, is started again.
   */
  @Override
  public void update(FunctionSpec spec) {
    Place place = places.of(spec.id());
    String before = place.folder().configuration();
    boolean live =
        handler(place, Handle.of(spec)).exists(Handler.UPDATE)
            && place.isWhole(spec.containment().isolation());
    try {
      if (!live) {
        stop(place, Handle.of(spec));
        foundation.confine(place, Handle.of(spec));
      }
      run(live ? Handler.UPDATE : Handler.START, spec, place);
    } catch (ProblemException e) {
      restore(before, spec, place, live);
      throw e;
    }
  }

  @Override
  public void stop(Place place, Handle handle) {
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

  /** Removes what nobody could finish recording. */
  void removeUnrecorded(Place place) {
    foundation.remove(place);
  }

  @Override
  public Handler handler(Place place, Handle handle) {
    return new Handler(place, handle, place.folder().log(), place.folder().configurationFile());
  }

  private void run(String handlerName, FunctionSpec spec, Place place) {
    Foundation.writeConfiguration(place, place.folder().configurationFile(), spec.configuration());
    handler(place, Handle.of(spec)).run(handlerName, patience.start());
    place.folder().markStarted(spec.configuration());
  }

  private void restore(String configuration, FunctionSpec spec, Place place, boolean live) {
    Foundation.writeConfiguration(place, place.folder().configurationFile(), configuration);
    if (!live) {
      place.cgroup().kill();
      foundation.confine(place, Handle.of(spec));
      run(Handler.START, spec.configured(configuration), place);
    }
  }
}
