package org.universalnode.node.health;

import java.time.Instant;
import java.util.Optional;

/**
 * How one function was and is.
 *
 * @param doubts bad answers in a row
 * @param look when it is to be looked at
 * @param urgent whether that look is for a reason, and not of the round
 * @param restart when it is to be restarted; empty if it is not
 * @param attended whether it is being looked at or restarted at this moment
 */
record Course(
    FunctionHealth health,
    RestartRecord restarts,
    int doubts,
    Instant look,
    boolean urgent,
    Optional<Instant> restart,
    boolean attended) {
  private static final int MOST_DOUBTS = 2;

  static Course beginning(Instant now, Instant look) {
    return new Course(
        new FunctionHealth.Well(),
        RestartRecord.beginning(now),
        0,
        look,
        false,
        Optional.empty(),
        false);
  }

  /** Somebody says that something happened to it. */
  Course suspected(Instant now) {
    return new Course(health, restarts, doubts, now, true, restart, attended);
  }

  /** Somebody else has seen to it: a look tells whether it is to be restarted still. */
  Course mended(Instant now) {
    return attended
        ? this
        : new Course(health, restarts, doubts, now, true, Optional.empty(), false);
  }

  /** Somebody looks at it. */
  Course beingLookedAt() {
    return new Course(health, restarts, doubts, Instant.MAX, false, restart, true);
  }

  /** One that has failed stays so until it is well. */
  Course beingRestarted(RestartPolicy policy, Instant now) {
    RestartRecord begun = restarts.begun(policy, now);
    FunctionHealth next =
        health instanceof FunctionHealth.Failed
            ? health
            : new FunctionHealth.Restarting(begun.count(), now);
    return new Course(next, begun, 0, look, urgent, Optional.empty(), true);
  }

  /** It is well; the next look is then, unless somebody suspected something meanwhile. */
  Course well(Instant now, Instant next, boolean soon) {
    boolean suspected = urgent && look.isBefore(next);
    return new Course(
        new FunctionHealth.Well(),
        restarts.well(now),
        0,
        suspected ? look : next,
        suspected || soon,
        Optional.empty(),
        false);
  }

  /** It gave a bad answer: once more, and it is ill. */
  Course doubtful(String reason, RestartPolicy policy, Instant now, Instant next) {
    return doubts + 1 >= MOST_DOUBTS
        ? ill(reason, now, policy, now)
        : new Course(health, restarts, doubts + 1, next, true, restart, false);
  }

  /**
   * It says that it does not do its work: once more, and it is ill, and nothing is done about it.
   *
   * @param next when it is looked at again if it is ill
   */
  Course unwell(FunctionHealth.Ill ill, Instant soon, Instant next) {
    return doubts + 1 >= MOST_DOUBTS
        ? new Course(ill, restarts, doubts, next, false, Optional.empty(), false)
        : new Course(health, restarts, doubts + 1, soon, true, restart, false);
  }

  /** Nothing could be said. */
  Course unknown(Instant next) {
    return new Course(health, restarts, doubts, next, true, restart, false);
  }

  /**
   * It is ill and will be restarted.
   *
   * @param since when it became so, if it was not ill before
   */
  Course ill(String reason, Instant since, RestartPolicy policy, Instant now) {
    RestartRecord record = restarts.ill(policy, now);
    FunctionHealth next =
        record.exhausted()
            ? new FunctionHealth.Failed(reason)
            : new FunctionHealth.Ill(reason, since);
    Instant due = record.due(policy, now);
    return new Course(next, record, 0, Instant.MAX, false, Optional.of(due), false);
  }

  boolean isToBeRestarted(Instant now) {
    return !attended && restart.filter(due -> !due.isAfter(now)).isPresent();
  }

  /** One that will be restarted anyway need not be looked at. */
  boolean awaitsLook() {
    return !attended && restart.isEmpty();
  }
}
