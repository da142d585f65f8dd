package org.universalnode.switching.openvswitch.openflow;

import java.time.Duration;

/** When a switch was heard, and what to think of it. */
final class LifeSigns {
  private final Limits limits;
  private final long opened = System.nanoTime();
  private volatile long heard = opened;
  private volatile long asked = opened;
  private volatile boolean greeted;

  LifeSigns(Limits limits) {
    this.limits = limits;
  }

  enum Verdict {
    LIVES,
    /** Has to be asked; is told once for every silence. */
    SILENT,
    DEAD
  }

  void heard() {
    heard = System.nanoTime();
  }

  void greeted() {
    greeted = true;
  }

  Verdict check() {
    long now = System.nanoTime();
    boolean late = !greeted && isOver(limits.handshake(), opened, now);
    if (late || isOver(limits.death(), heard, now)) {
      return Verdict.DEAD;
    }
    if (isOver(limits.silence(), heard, now) && asked - heard <= 0) {
      asked = now;
      return Verdict.SILENT;
    }
    return Verdict.LIVES;
  }

  private static boolean isOver(Duration limit, long since, long now) {
    return now - since > limit.toNanos();
  }
}
