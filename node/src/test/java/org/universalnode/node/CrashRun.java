package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.node.NumberedStream.Count;

/**
 * One operation, interrupted again and again at points of it, each time at its whole beginning. A
 * graph beside it stands all the time, and numbered packets go through it without a pause.
 */
final class CrashRun implements AutoCloseable {
  private static final long SETTLED_WITHIN = 5_000_000_000L;
  private static final long LOOK = 5_000_000;

  /** What is interrupted. */
  enum Operation {
    CREATE,
    UPDATE,
    FAILING_UPDATE,
    DELETE;

    boolean keepsTraffic() {
      return this == UPDATE || this == FAILING_UPDATE;
    }

    /** Whether the graph is there at first. */
    private boolean hasGraph() {
      return this != CREATE;
    }
  }

  /** How it ends, and what follows. */
  enum Manner {
    /** The process ends itself in the middle of a method. */
    HALT,
    /** It is killed from outside; other threads have gone on until then. */
    KILL,
    /** As the first, and the next life ends in its recovery. */
    TWICE,
    /** The machine goes down with it. */
    POWER
  }

  /** What is there of the graph. */
  private enum State {
    NONE,
    OLD,
    CHANGED
  }

  /** What is there when nobody has interrupted anything. */
  private record Whole(Footprint footprint, String document) {}

  private final CrashLab crash;
  private final Operation operation;
  private final Random random;
  private final MortalLife life;
  private final NumberedStream kept;
  private final NumberedStream changing;
  private final NumberedStream aside;
  private final Map<State, Whole> wholes = new EnumMap<>(State.class);
  private Map<String, List<String>> besideProcesses = Map.of();
  private long asideFrom;
  private int recoveryLines = 1;

  /** Takes a laboratory, which closes with it. */
  CrashRun(CrashLab crash, Operation operation, Random random) {
    this.crash = crash;
    this.operation = operation;
    this.random = random;
    life = new MortalLife(crash);
    kept = crash.kept();
    changing = crash.changing();
    aside = crash.aside();
  }

  /** Makes the graph beside, and looks at what there is in each state of the other one. */
  CrashRun begun() {
    life.make(CrashLab.BESIDE, crash.beside());
    beginAside();
    lookAtWholeStates();
    return this;
  }

  /** All points of the operation, in the order of one time that it was done. */
  List<String> points() {
    prepare();
    life.journal();
    operate();
    List<String> points =
        life.journal().stream().filter(line -> line.startsWith(CrashLab.GRAPH + " ")).toList();
    clear();
    return points.stream().distinct().toList();
  }

  /** Interrupts it once and tells what came of it. */
  CrashOutcome interrupt(String point, Manner manner) throws Exception {
    Map<String, List<String>> before = prepare();
    long keptFrom = operation.keepsTraffic() ? kept.begin() : 0;
    String order = (manner == Manner.KILL ? "wait " : "halt ") + point;
    Optional<Integer> answer = life.dieIn(this::operate, order);
    if (answer.isPresent()) { // steps side by side failed before that one's turn
      life.kill();
    }
    life.journal();
    if (manner == Manner.POWER) {
      crash.losePower();
    }
    boolean again =
        manner == Manner.TWICE && !life.next("halt " + (1 + random.nextInt(recoveryLines)));
    if (manner != Manner.TWICE || again) {
      life.next("");
    }
    life.spare();
    recoveryLines = Math.max(1, again ? recoveryLines : life.journal().size());
    CrashOutcome outcome = judge(point, manner, before);
    if (manner == Manner.POWER) {
      beginAside();
    } else {
      outcome = outcome.plus(untouched(keptFrom));
    }
    clear();
    return outcome;
  }

  @Override
  public void close() throws InterruptedException {
    try (crash;
        life;
        kept;
        changing;
        aside) {
      life.kill();
    }
  }

  private void lookAtWholeStates() {
    wholes.put(State.NONE, new Whole(crash.footprint(), ""));
    life.make(CrashLab.GRAPH, crash.old());
    look(State.OLD);
    life.make(CrashLab.GRAPH, crash.changed());
    look(State.CHANGED);
    clear();
  }

  private void look(State state) {
    assertThat(changing.path()).isEqualTo(way(state));
    wholes.put(state, new Whole(crash.footprint(), life.get(CrashLab.GRAPH).orElseThrow()));
  }

  private Whole whole(State state) {
    return Objects.requireNonNull(wholes.get(state));
  }

  private static Set<Integer> way(State state) {
    return switch (state) {
      case NONE -> Set.of();
      case OLD -> CrashLab.OLD_WAY;
      case CHANGED -> CrashLab.NEW_WAY;
    };
  }

  private Map<String, List<String>> prepare() {
    if (!operation.hasGraph()) {
      return Map.of();
    }
    life.make(CrashLab.GRAPH, crash.old());
    return life.processes(CrashLab.GRAPH);
  }

  private int operate() {
    return switch (operation) {
      case CREATE -> life.put(CrashLab.GRAPH, crash.old());
      case UPDATE -> life.put(CrashLab.GRAPH, crash.changed());
      case FAILING_UPDATE -> life.put(CrashLab.GRAPH, crash.hopeless());
      case DELETE -> life.delete(CrashLab.GRAPH);
    };
  }

  /** Nothing of the graph may be left before the next point. */
  private void clear() {
    if (life.get(CrashLab.GRAPH).isPresent()) {
      assertThat(life.delete(CrashLab.GRAPH)).isEqualTo(204);
    }
    assertThat(settled(State.NONE).without(whole(State.NONE).footprint()))
        .as("left after the graph was deleted")
        .isEmpty();
  }

  private void beginAside() {
    besideProcesses = life.processes(CrashLab.BESIDE);
    asideFrom = aside.begin();
  }

  private CrashOutcome judge(String point, Manner manner, Map<String, List<String>> before) {
    List<String> broken = new ArrayList<>();
    State state = state(broken);
    Footprint found = settled(state);
    Footprint wanted = whole(state).footprint();
    wanted.without(found).forEach(line -> broken.add("missing: " + line));
    Set<Integer> path = changing.path();
    if (!path.equals(way(state))) {
      broken.add("packets go " + path + " in a graph that is " + state);
    }
    if (state != State.NONE && !kept.path().equals(CrashLab.KEPT_WAY)) {
      broken.add("packets of the untouched flow go " + kept.path());
    }
    if (!aside.path().equals(CrashLab.BESIDE_WAY)) {
      broken.add("packets of the other graph go " + aside.path());
    }
    List<String> leaked = found.without(wanted);
    List<String> restarted = manner == Manner.POWER ? List.of() : restarted(state, before);
    return new CrashOutcome(point, leaked, found.duplicates(), broken, restarted);
  }

  /** Which of the allowed states it is in; in the middle of things it is none. */
  private State state(List<String> broken) {
    List<String> problems = new ArrayList<>();
    for (String id : List.of(CrashLab.GRAPH, CrashLab.BESIDE)) {
      if (life.get(id).isPresent()
          && !life.status(id).get("state").getAsString().equals("active")) {
        problems.add(life.status(id).toString());
      }
    }
    if (life.get(CrashLab.BESIDE).isEmpty()) {
      problems.add("the other graph is lost");
    }
    String document = life.get(CrashLab.GRAPH).orElse("");
    State state = State.NONE;
    for (State one : State.values()) {
      state = whole(one).document().equals(document) ? one : state;
    }
    if (!allowed().contains(state) || !whole(state).document().equals(document)) {
      problems.add("the graph is " + state + ": " + document);
    }
    broken.addAll(problems);
    return state;
  }

  private Set<State> allowed() {
    return switch (operation) {
      case CREATE, DELETE -> Set.of(State.NONE, State.OLD);
      case UPDATE -> Set.of(State.OLD, State.CHANGED);
      case FAILING_UPDATE -> Set.of(State.OLD);
    };
  }

  /** What resists at first is tried again within a second; a leak is what stays. */
  private Footprint settled(State state) {
    Footprint wanted = whole(state).footprint();
    long giveUp = System.nanoTime() + SETTLED_WITHIN;
    Footprint found = crash.footprint();
    while (!found.equals(wanted) && System.nanoTime() - giveUp < 0) {
      LockSupport.parkNanos(LOOK);
      found = crash.footprint();
    }
    return found;
  }

  /** Functions that the operation does not touch: all, if it is as if it had not been. */
  private List<String> restarted(State state, Map<String, List<String>> before) {
    List<String> restarted = new ArrayList<>();
    if (!life.processes(CrashLab.BESIDE).equals(besideProcesses)) {
      restarted.add("beside: " + besideProcesses + " is " + life.processes(CrashLab.BESIDE));
    }
    if (operation.keepsTraffic() && state != State.NONE) {
      Map<String, List<String>> now = life.processes(CrashLab.GRAPH);
      for (String function : state == State.OLD ? List.of("a", "b", "c") : List.of("a")) {
        if (!Objects.equals(before.get(function), now.get(function))) {
          restarted.add(function + ": " + before.get(function) + " is " + now.get(function));
        }
      }
    }
    return restarted;
  }

  private Count untouched(long keptFrom) {
    long next = aside.next();
    Count count = aside.count(asideFrom, next);
    asideFrom = next;
    if (operation.keepsTraffic()) {
      Count own = kept.count(keptFrom, kept.next());
      return new Count(count.sent() + own.sent(), count.lost() + own.lost());
    }
    return count;
  }

  /** Of all streams. */
  long duplicated() {
    return kept.duplicated() + aside.duplicated();
  }
}
