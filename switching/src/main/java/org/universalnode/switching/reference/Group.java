package org.universalnode.switching.reference;

import java.util.List;
import org.universalnode.switching.LsiPort;

/**
 * A learning switch between ports, as internal end-points of one group have it. What an LSI sends
 * to a member comes in at other members: at the one behind which the destination address was last
 * seen as a source, at all if it was not or is a group address. What would go back to the member
 * that it came from goes nowhere. VLANs make no difference, and there is no ageing.
 *
 * @param members in the order in which they get copies
 */
public record Group(List<LsiPort> members) {
  public static final int MOST_MEMBERS = 32;

  public Group {
    members = List.copyOf(members);
    if (members.size() > MOST_MEMBERS) {
      throw new IllegalArgumentException(
          "a group has at most " + MOST_MEMBERS + " members, not " + members.size());
    }
  }
}
