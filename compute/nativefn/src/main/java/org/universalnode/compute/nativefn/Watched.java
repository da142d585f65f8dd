package org.universalnode.compute.nativefn;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.universalnode.linux.EventLoop;

/**
 * An instance, a shared one or a part of one, of which is told when it is disturbed.
 *
 * @param farEnds numbers of the links that are the other ends of its ports
 * @param ends what waits for the ends of its members
 * @param isCutOff whether it was told that its namespace is gone
 */
record Watched(
    Place place,
    Handle handle,
    List<Member> members,
    Set<Integer> farEnds,
    List<EventLoop.Registration> ends,
    AtomicBoolean isCutOff) {

  static Watched of(Place place, Handle handle) {
    boolean started = place.folder().started();
    return new Watched(
        place,
        handle,
        started ? members(place, handle) : List.of(),
        Set.of(),
        new ArrayList<>(),
        new AtomicBoolean());
  }

  /** Also its keeper, with whom all of them end. */
  private static List<Member> members(Place place, Handle handle) {
    List<Member> members = new ArrayList<>();
    if (Place.isConfined(handle.containment().isolation())) {
      place
          .folder()
          .keeper()
          .ifPresent(of -> members.add(new Member(of.pid(), of.startTime(), true, "keeper")));
    }
    members.addAll(place.folder().members().all());
    return List.copyOf(members);
  }

  Watched with(Set<Integer> otherEnds) {
    return new Watched(place, handle, members, Set.copyOf(otherEnds), ends, isCutOff);
  }

  /** Whether there is nothing to wait for that the other does not wait for. */
  boolean isCoveredBy(Watched other) {
    return handle.equals(other.handle)
        && members.equals(other.members)
        && !other.isCutOff.get()
        && (!place.folder().started() || other.farEnds.size() == handle.interfaces().size());
  }

  boolean isPartOf(Watched whole) {
    return handle
        .part()
        .filter(part -> whole.handle.isShared())
        .filter(part -> part.shared().equals(whole.handle.id().function()))
        .isPresent();
  }

  /** Waits for nothing any more. */
  void letGo() {
    ends.forEach(EventLoop.Registration::close);
    ends.clear();
  }
}
