package org.universalnode.switching.kit;

import org.universalnode.switching.LsiPort;
import org.universalnode.switching.reference.Done.Effect;
import org.universalnode.switching.reference.Walk;

/** What cases were like, so that one sees whether they were worth it. */
public final class Coverage {
  private long cases;
  private long partly;
  private long decided;
  private long left;
  private long departures;
  private long changed;
  private long crossed;
  private long cut;

  void add(Walk<LsiPort> walk, boolean allWays) {
    if (!allWays) {
      partly++;
      return;
    }
    cases++;
    decided += walk.steps().getFirst().rule().isPresent() ? 1 : 0;
    left += walk.leaving().isEmpty() ? 0 : 1;
    departures += walk.leaving().size();
    crossed += walk.steps().size() > 1 ? 1 : 0;
    cut += walk.cut() ? 1 : 0;
    boolean edited =
        walk.steps().stream()
            .flatMap(step -> step.actions().stream())
            .anyMatch(done -> done.effect() == Effect.CHANGED);
    changed += edited ? 1 : 0;
  }

  /** Frames that came in, all ways. */
  public long cases() {
    return cases;
  }

  /** Of these, those of which a copy left. */
  public long left() {
    return left;
  }

  /** Of these, those that a rule changed. */
  public long changed() {
    return changed;
  }

  @Override
  public String toString() {
    return "%,d cases: a rule decided on %,d, %,d were changed, %,d crossed to another in-port, "
            .formatted(cases, decided, changed, crossed)
        + "%,d left as %,d copies, %,d walks were cut; ".formatted(left, departures, cut)
        + "%,d more that not all ways can run".formatted(partly);
  }
}
