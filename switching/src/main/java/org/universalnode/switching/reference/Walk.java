package org.universalnode.switching.reference;

import java.util.List;

/**
 * The way of a frame and its copies through the LSIs.
 *
 * <p>At an in-port, of the rules that match the first in the deciding order does its actions, each
 * with the frame as the ones before left it. A frame that no rule matches is dropped. What is sent
 * to a virtual link comes in at its other end, and what is sent to a member of a learning group at
 * other members; these copies are done in the order in which they were sent, each after the rule
 * that sent it has ended. Everything else leaves, also by the port where it came in. A push for
 * which there is no {@linkplain Frame#TAG_ROOM room} ends its rule: what that rule would have sent
 * after it is dropped.
 *
 * @param <P> what names a port
 * @param steps in the order in which they were done
 * @param leaving in the order in which they left
 * @param cut whether copies were dropped because {@value #MOST_STEPS} in-ports were visited already
 */
public record Walk<P>(List<Step<P>> steps, List<Departure<P>> leaving, boolean cut) {
  public static final int MOST_STEPS = 64;

  public Walk {
    steps = List.copyOf(steps);
    leaving = List.copyOf(leaving);
  }
}
