package org.universalnode.node.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was tried with a function since it was well for long.
 *
 * @param count of restarts
 * @param latest when the last of them were begun, oldest first
 * @param exhausted whether there were too many
 * @param wellSince empty while it is ill or being restarted
 */
record RestartRecord(
    int count, List<Instant> latest, boolean exhausted, Optional<Instant> wellSince) {

  RestartRecord {
    latest = List.copyOf(latest);
  }

  static RestartRecord beginning(Instant now) {
    return new RestartRecord(0, List.of(), false, Optional.of(now));
  }

  /** It is well, and may have been before. */
  RestartRecord well(Instant now) {
    return wellSince.isPresent()
        ? this
        : new RestartRecord(count, latest, exhausted, Optional.of(now));
  }

  /** It is ill; what was before a long time of health does not count. */
  RestartRecord ill(RestartPolicy policy, Instant now) {
    if (wellSince.filter(since -> !since.plus(policy.wellAfter()).isAfter(now)).isPresent()) {
      return new RestartRecord(0, List.of(), false, Optional.empty());
    }
    Instant recently = now.minus(policy.within());
    long recent = latest.stream().filter(begun -> begun.isAfter(recently)).count();
    boolean tooMany = exhausted || recent >= policy.most();
    return new RestartRecord(count, latest, tooMany, Optional.empty());
  }

  /** It is restarted. */
  RestartRecord begun(RestartPolicy policy, Instant now) {
    List<Instant> all = new ArrayList<>(latest);
    all.add(now);
    List<Instant> last = all.subList(Math.max(0, all.size() - policy.most()), all.size());
    return new RestartRecord(count + 1, last, exhausted, Optional.empty());
  }

  /** When it is to be restarted, which may be past. */
  Instant due(RestartPolicy policy, Instant now) {
    if (latest.isEmpty()) {
      return now;
    }
    return latest.getLast().plus(exhausted ? policy.whenFailed() : policy.delay(count));
  }
}
