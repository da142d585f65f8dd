package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.switching.LsiId;

/**
 * Keeps graphs as they are desired: one of which something may have been changed from outside is
 * seen to, once for many causes that come together. What fails is tried again after 1, 2, 4 s and
 * so on, at most once a minute.
 */
final class Reconciler {
  private static final System.Logger LOG = System.getLogger(Reconciler.class.getName());

  /** Disturbances come in groups: a namespace goes, and all its interfaces with it. */
  private static final Duration SETTLING = Duration.ofMillis(20);

  /** Somebody may change things faster than they can be mended. */
  private static final Duration BETWEEN = Duration.ofMillis(250);

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  private final GraphTable graphs;
  private final Restoration restoration;
  private final GraphListener listener;
  private final Clockwork clockwork;
  private final Map<String, Care> cares = new HashMap<>();

  /**
   * What a graph is owed.
   *
   * @param due when it is seen to; empty if it is whole as far as is known
   * @param seen when that was done last
   * @param failures how often in a row it could not be mended
   */
  private record Care(Optional<Long> due, Optional<Long> seen, int failures) {
    static final Care NONE = new Care(Optional.empty(), Optional.empty(), 0);
  }

  Reconciler(
      GraphTable graphs, Restoration restoration, GraphListener listener, Clockwork clockwork) {
    this.graphs = graphs;
    this.restoration = restoration;
    this.listener = listener;
    this.clockwork = clockwork;
  }

  /** Something at this LSI may have been changed; LSI-0 concerns all graphs. */
  void disturbed(LsiId lsi) {
    disturbed(moment -> lsi.isBase() || moment.desired().lsi().equals(lsi));
  }

  /** Something of this graph may have been changed. */
  void disturbed(String graph) {
    disturbed(moment -> moment.desired().id().equals(graph));
  }

  /** The graph is gone. */
  synchronized void forget(String graph) {
    cares.remove(graph);
  }

  private void disturbed(Predicate<Moment> which) {
    graphs.moments().stream()
        .filter(which)
        .map(moment -> moment.desired().id())
        .forEach(graph -> soon(graph, SETTLING));
  }

  private synchronized void soon(String graph, Duration delay) {
    Care care = cares.getOrDefault(graph, Care.NONE);
    long wished = clockwork.now() + delay.toNanos();
    long due = care.seen().map(seen -> Math.max(wished, seen + BETWEEN.toNanos())).orElse(wished);
    if (care.due().isEmpty() || care.due().get() - due > 0) {
      cares.put(graph, new Care(Optional.of(due), care.seen(), care.failures()));
      clockwork.after(Duration.ofNanos(due - clockwork.now()), () -> see(graph));
    }
  }

  private void see(String graph) {
    if (!begin(graph)) {
      return;
    }
    boolean whole;
    try {
      whole = graphs.withKnown(graph, this::mend);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "graph " + graph + " could not be seen to", e);
      whole = false;
    }
    end(graph, whole);
  }

  /** Whether it is due: of two who come for the same reason the first one does it. */
  private synchronized boolean begin(String graph) {
    Care care = cares.getOrDefault(graph, Care.NONE);
    if (care.due().filter(due -> due - clockwork.now() <= 0).isEmpty()) {
      return false;
    }
    cares.put(graph, new Care(Optional.empty(), care.seen(), care.failures()));
    return true;
  }

  private synchronized void end(String graph, boolean whole) {
    Care care = cares.getOrDefault(graph, Care.NONE);
    int failures = whole ? 0 : care.failures() + 1;
    if (graphs.moment(graph).isEmpty()) {
      cares.remove(graph);
      return;
    }
    cares.put(graph, new Care(care.due(), Optional.of(clockwork.now()), failures));
    if (!whole) {
      Duration pause = Duration.ofSeconds(1L << Math.min(care.failures(), MOST_DOUBLINGS));
      soon(graph, pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
    }
  }

  /** Whether nothing more has to be done for it. */
  private boolean mend(GraphEntry entry) {
    Optional<Moment> moment = entry.moment().filter(Moment::isSettled);
    if (moment.isEmpty()) {
      return true;
    }
    long begin = clockwork.now();
    restoration.mend(entry, moment.get().desired());
    boolean whole = entry.moment().filter(Moment::isBroken).isEmpty();
    if (whole) {
      listener.mended(moment.get().desired().id(), Duration.ofNanos(clockwork.now() - begin));
    }
    return whole;
  }
}
