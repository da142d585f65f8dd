package org.universalnode.node.deploy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.universalnode.node.deploy.GraphEntry.Moment;

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

  /** As often as that in a row things are mended so fast; then every second. */
  private static final int MOST_IN_A_ROW = 50;

  /** What was quiet for so long begins a new row. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  private final GraphTable graphs;
  private final Predicate<GraphEntry> care;
  private final Clockwork clockwork;
  private final Map<String, Turns> all = new HashMap<>();

  /**
   * When a graph is seen to.
   *
   * @param due next; empty if it is whole as far as is known
   * @param seen last
   * @param inARow how often it was, with no quiet time between
   * @param failures how often in a row it could not be mended
   */
  private record Turns(Optional<Long> due, Optional<Long> seen, int inARow, int failures) {
    static final Turns NONE = new Turns(Optional.empty(), Optional.empty(), 0, 0);

    Turns dueAt(Optional<Long> time) {
      return new Turns(time, seen, inARow, failures);
    }

    long earliest() {
      Duration pause = inARow < MOST_IN_A_ROW ? BETWEEN : Duration.ofSeconds(1);
      return seen.map(last -> last + pause.toNanos()).orElse(Long.MIN_VALUE);
    }
  }

  /**
   * Nothing is due.
   *
   * @param care sees to a graph, and says whether nothing more has to be done for it
   */
  Reconciler(GraphTable graphs, Predicate<GraphEntry> care, Clockwork clockwork) {
    this.graphs = graphs;
    this.care = care;
    this.clockwork = clockwork;
  }

  /** Something of these graphs may have been changed. */
  void disturbed(Predicate<Moment> which) {
    graphs.moments().stream()
        .filter(which)
        .map(moment -> moment.desired().id())
        .forEach(this::disturbed);
  }

  /** One that could not be mended waits for its next turn: the disturbance may be its own doing. */
  private synchronized void disturbed(String graph) {
    if (turns(graph).failures() == 0) {
      soon(graph, SETTLING);
    }
  }

  /** What these graphs lacked may have come: they are not to wait any longer. */
  void now(Predicate<Moment> which) {
    graphs.moments().stream()
        .filter(which)
        .forEach(moment -> soon(moment.desired().id(), SETTLING));
  }

  /** The graph is gone. */
  synchronized void forget(String graph) {
    all.remove(graph);
  }

  private synchronized void soon(String graph, Duration delay) {
    Turns turns = turns(graph);
    long due = Math.max(clockwork.now() + delay.toNanos(), turns.earliest());
    if (turns.due().isEmpty() || turns.due().get() - due > 0) {
      all.put(graph, turns.dueAt(Optional.of(due)));
      clockwork.after(Duration.ofNanos(due - clockwork.now()), () -> see(graph));
    }
  }

  private void see(String graph) {
    if (!begin(graph)) {
      return;
    }
    boolean whole;
    try {
      whole = graphs.withKnown(graph, care::test);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "graph " + graph + " could not be seen to", e);
      whole = false;
    }
    end(graph, whole);
  }

  /** Whether it is due: of two who come for the same reason the first one does it. */
  private synchronized boolean begin(String graph) {
    Turns turns = turns(graph);
    if (turns.due().filter(due -> due - clockwork.now() <= 0).isEmpty()) {
      return false;
    }
    all.put(graph, turns.dueAt(Optional.empty()));
    return true;
  }

  private synchronized void end(String graph, boolean whole) {
    if (graphs.moment(graph).isEmpty()) {
      all.remove(graph);
      return;
    }
    Turns turns = turns(graph);
    long now = clockwork.now();
    boolean quiet = turns.seen().filter(last -> now - last < QUIET.toNanos()).isEmpty();
    int failures = whole ? 0 : turns.failures() + 1;
    all.put(
        graph, new Turns(turns.due(), Optional.of(now), quiet ? 1 : turns.inARow() + 1, failures));
    if (!whole) {
      Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, MOST_DOUBLINGS));
      soon(graph, pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
    }
  }

  private Turns turns(String graph) {
    return all.getOrDefault(graph, Turns.NONE);
  }
}
