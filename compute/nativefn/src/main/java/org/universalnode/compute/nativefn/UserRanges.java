package org.universalnode.compute.nativefn;

import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.linux.UserRange;
import org.universalnode.problem.Problem;

/**
 * The user ids of instances with users of their own. No two instances share one, and none is a user
 * of the machine: they lie where systemd keeps ids for containers (UIDS-GIDS in its documentation).
 */
final class UserRanges {
  private static final int COUNT = 1 << 16;
  private static final int FIRST = 1 << 28;
  private static final int LAST = 0x6ffd_0000;

  private final Places places;

  UserRanges(Places places) {
    this.places = places;
  }

  /** The range of an instance, which is given one now if it has none. */
  synchronized UserRange of(InstanceFolder folder) {
    return range(folder.firstUser().orElseGet(() -> choose(folder)));
  }

  static UserRange range(int first) {
    return new UserRange(first, COUNT);
  }

  private int choose(InstanceFolder folder) {
    Set<Integer> taken =
        places.all().stream()
            .flatMap(other -> other.firstUser().stream())
            .collect(Collectors.toSet());
    for (int first = FIRST; first <= LAST; first += COUNT) {
      if (!taken.contains(first)) {
        folder.writeFirstUser(first);
        return first;
      }
    }
    throw Problem.of(Problem.Code.LIMIT, "all ranges of user ids are in use")
        .next("delete graphs, or ask for the isolation jail")
        .asException();
  }
}
