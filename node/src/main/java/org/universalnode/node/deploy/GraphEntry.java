package org.universalnode.node.deploy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.problem.Problem;

/** What the node knows of one graph. Changes are made under its lock; readers take no lock. */
final class GraphEntry {

  /** One moment of a graph's life; the parts belong together. */
  record Moment(DesiredGraph desired, Optional<Deployed> deployed, Phase phase, String reason) {

    /** Something is left of a graph that was to go. */
    static Moment undeletable(DesiredGraph graph, RuntimeException cause) {
      return new Moment(graph, Optional.empty(), Phase.DELETING, Problem.of(cause).toString());
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<Moment> moment = Optional.empty();
  private volatile boolean gone;

  /** Those of the graphs that run. */
  static List<DesiredGraph> running(Collection<GraphEntry> entries) {
    return entries.stream()
        .flatMap(entry -> entry.moment().stream())
        .filter(moment -> moment.deployed().isPresent())
        .map(Moment::desired)
        .toList();
  }

  ReentrantLock lock() {
    return lock;
  }

  /** Empty until the graph is first desired. */
  Optional<Moment> moment() {
    return moment;
  }

  void become(Moment next) {
    moment = Optional.of(next);
  }

  /** The entry has left the table of graphs: who waited for its lock looks there again. */
  boolean isGone() {
    return gone;
  }

  void leave() {
    gone = true;
    moment = Optional.empty();
  }
}
