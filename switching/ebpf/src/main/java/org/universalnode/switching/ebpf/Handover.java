package org.universalnode.switching.ebpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.universalnode.linux.BpfProgram;
import org.universalnode.linux.Link;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.ebpf.Predecessor.Left;

/**
 * What still runs programs of predecessors, and when it gets today's: nothing until the node has
 * asked for all that it wants; then everything but what belongs to graphs that could not be made.
 */
final class Handover {
  private final Pins pins;

  /** The oldest first: it is its program that a link runs. */
  private final List<Predecessor> predecessors;

  private final Map<Integer, Left> waiting = new ConcurrentHashMap<>();
  private final Set<Integer> underlays = ConcurrentHashMap.newKeySet();
  private volatile Optional<Set<LsiId>> unmade = Optional.empty();
  private volatile boolean ended;

  /** Which programs a link shall run. */
  enum Turn {
    PREDECESSORS,

    /** Today's, and behind it the predecessor's for what a graph has that could not be made. */
    BOTH,

    TODAYS
  }

  Handover(Pins pins, List<Predecessor> predecessors) {
    this.pins = pins;
    this.predecessors = List.copyOf(predecessors);
    for (Predecessor each : this.predecessors) {
      each.devices().forEach((link, device) -> waiting.merge(link, device, Handover::both));
      underlays.addAll(each.underlays());
    }
  }

  /** Everything that is wanted has been asked for, but what these LSIs need. */
  void begin(Set<LsiId> without) {
    unmade = Optional.of(Set.copyOf(without));
  }

  /** Whether everything that is wanted has been asked for. */
  private boolean isComplete() {
    return unmade.filter(Set::isEmpty).isPresent();
  }

  Turn turn(int link) {
    Left device = waiting.get(link);
    if (device == null || isComplete()) {
      return Turn.TODAYS;
    }
    return unmade.isEmpty() || unmade.get().contains(device.lsi()) ? Turn.PREDECESSORS : Turn.BOTH;
  }

  /** Whether nobody asks any more for what only a predecessor has at a link. */
  boolean isUnwanted(int link) {
    LsiId lsi = waiting.getOrDefault(link, Left.NONE).lsi();
    return isComplete() || (turn(link) == Turn.BOTH && !lsi.isBase());
  }

  /** Whether a predecessor carries the frames of the graph. */
  boolean carries(LsiId graph) {
    return unmade.filter(without -> without.contains(graph)).isPresent()
        && !waiting(graph).isEmpty();
  }

  boolean waits(int link) {
    return waiting.containsKey(link);
  }

  Set<Integer> waiting() {
    return Set.copyOf(waiting.keySet());
  }

  Set<Integer> waiting(LsiId lsi) {
    Set<Integer> found = new HashSet<>();
    waiting.forEach(
        (link, device) -> {
          if (device.lsi().equals(lsi)) {
            found.add(link);
          }
        });
    return found;
  }

  /** What an interface was not when it was given to the switch. */
  int flags(int link) {
    return waiting.getOrDefault(link, Left.NONE).flags();
  }

  /** Has the predecessor's program run behind the place of today's. */
  void attachBehind(Link link, Filters filters) {
    Optional<Predecessor> last =
        predecessors.stream().filter(each -> each.devices().containsKey(link.index())).findFirst();
    last.ifPresent(
        predecessor -> {
          try (BpfProgram program = predecessor.program()) {
            filters.attach(link, Hook.AFTER_INGRESS, program);
          }
        });
  }

  /** The link is today's alone, or gone. */
  void done(int link) {
    if (waiting.remove(link) != null) {
      predecessors.forEach(each -> each.forgetDevice(link));
    }
  }

  /** Whether packets of tunnels that come in there are the predecessor's for now. */
  boolean keepsUnderlay(int link) {
    return unmade.isEmpty() && underlays.contains(link);
  }

  /** Links at which packets of tunnels come in, whether or not today's tunnels use them. */
  Set<Integer> underlays() {
    return Set.copyOf(underlays);
  }

  /** Those at which nobody takes tunnels in any more; none as long as somebody might. */
  Set<Integer> unwantedUnderlays() {
    return isComplete() ? underlays() : Set.of();
  }

  void doneUnderlay(int link) {
    if (underlays.remove(link)) {
      predecessors.forEach(each -> each.forgetUnderlay(link));
    }
  }

  /** Takes over the places for filters that predecessors made. */
  void bequeath(Filters filters) {
    for (Predecessor each : predecessors) {
      for (int link : each.places()) {
        filters.own(link);
        each.forgetPlace(link);
      }
    }
  }

  /** Whether maps of predecessors are there still. */
  boolean isUnderWay() {
    return !predecessors.isEmpty() && !ended;
  }

  /** Maps of predecessors go when no link runs their programs any more. */
  void end() {
    if (predecessors.isEmpty() || !waiting.isEmpty() || !underlays.isEmpty()) {
      return;
    }
    try {
      pins.removeMoved();
      ended = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a later one wrote down of an interface says no more than what an earlier one did. */
  private static Left both(Left earlier, Left later) {
    return new Left(later.lsi(), earlier.flags() | later.flags());
  }
}
