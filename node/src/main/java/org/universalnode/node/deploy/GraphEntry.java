package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.universalnode.node.deploy.GraphState.Phase;
import org.universalnode.node.plan.DesiredGraph;

/** What the node knows of one graph. Changes are made under its lock; readers take no lock. */
final class GraphEntry {

  /** One moment of a graph's life; the parts belong together. */
  record Moment(DesiredGraph desired, Optional<Deployed> deployed, Phase phase, String reason) {

    static Moment pending(DesiredGraph desired) {
      return new Moment(desired, Optional.empty(), Phase.PENDING, "");
    }

    static Moment active(Deployed deployed) {
      return new Moment(deployed.desired(), Optional.of(deployed), Phase.ACTIVE, "");
    }

    /** Part of it could not be made again, so nobody knows for sure what runs. */
    static Moment crippled(DesiredGraph desired, String reason) {
      return new Moment(desired, Optional.empty(), Phase.DEGRADED, reason);
    }

    /** Whether it is to be made again as soon as that can be. */
    boolean isBroken() {
      return switch (phase) {
        case FAILED -> true;
        case DEGRADED -> deployed.isEmpty();
        case PENDING, DEPLOYING, ACTIVE, DELETING -> false;
      };
    }

    /** Whether its functions are to run: no change of it is under way or wanted. */
    boolean isLookedAfter() {
      return switch (phase) {
        case ACTIVE, DEGRADED -> true;
        case PENDING, DEPLOYING, DELETING, FAILED -> false;
      };
    }

    /** What its functions say of themselves is part of how it is. */
    private Moment with(Map<String, String> ills) {
      if (deployed.isEmpty() || !isLookedAfter()) {
        return this;
      }
      List<String> reasons = new ArrayList<>();
      ills.forEach(
          (function, why) -> {
            if (desired.functions().containsKey(function)) {
              reasons.add("function " + function + ": " + why);
            }
          });
      return reasons.isEmpty()
          ? active(deployed.get())
          : new Moment(desired, deployed, Phase.DEGRADED, String.join("; ", reasons));
    }

    static Moment failed(DesiredGraph desired, String reason) {
      return new Moment(desired, Optional.empty(), Phase.FAILED, reason);
    }
  }

  private final String id;
  private final GraphListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<Moment> moment = Optional.empty();
  private volatile Optional<Progress> progress = Optional.empty();
  private final List<DesiredGraph> owed = new CopyOnWriteArrayList<>();
  private final Map<String, String> ills = new ConcurrentSkipListMap<>();
  private volatile boolean gone;

  /**
   * A graph that is not desired yet.
   *
   * @param listener hears what becomes of it
   */
  GraphEntry(String id, GraphListener listener) {
    this.id = id;
    this.listener = listener;
  }

  String id() {
    return id;
  }

  ReentrantLock lock() {
    return lock;
  }

  /** Empty until the graph is first desired. */
  Optional<Moment> moment() {
    return moment;
  }

  /** Nobody hears of what is as it was. */
  void become(Moment next) {
    Optional<Moment> shown = Optional.of(next.with(ills));
    if (!shown.equals(moment)) {
      moment = shown;
      listener.phase(id, shown.get().phase(), shown.get().reason());
    }
  }

  /** A function of it does not do its work, or does again if there is no reason. */
  void ail(String function, String reason) {
    if (reason.isEmpty()) {
      ills.remove(function);
    } else {
      ills.put(function, reason);
    }
    moment.ifPresent(this::become);
  }

  /** A change of it begins. */
  void follow(Progress next) {
    progress = Optional.of(next);
  }

  /** Parts that only that version of the graph has are to go, and something of them resisted. */
  void owe(DesiredGraph version) {
    owed.add(version);
  }

  /** Versions of which parts may be left that the graph does not have. */
  List<DesiredGraph> owed() {
    return List.copyOf(owed);
  }

  void paid(DesiredGraph version) {
    owed.remove(version);
  }

  /** Whether something is to be done for it that nobody has to ask for. */
  boolean needsCare() {
    return moment
        .filter(now -> now.isBroken() || now.phase() == Phase.DELETING || !owed.isEmpty())
        .isPresent();
  }

  /** How far the change is that was begun last: 0 to 99. */
  int percentage() {
    return progress.map(Progress::percentage).orElse(0);
  }

  /** The entry has left the table of graphs: who waited for its lock looks there again. */
  boolean isGone() {
    return gone;
  }

  void leave() {
    gone = true;
    boolean known = moment.isPresent();
    moment = Optional.empty();
    if (known) {
      listener.gone(id);
    }
  }
}
