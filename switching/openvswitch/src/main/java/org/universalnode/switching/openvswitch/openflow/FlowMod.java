package org.universalnode.switching.openvswitch.openflow;

import java.util.List;

/**
 * A change of the flow tables, OpenFlow 1.3.5 section 7.3.4.1.
 *
 * @param cookie a number that stays with the flow and comes back with its counters
 * @param cookieMask which bits of the cookie a flow must have to be changed or deleted
 * @param table {@link #ALL_TABLES} when deleting
 * @param idleTimeout seconds without a frame, 0 for no end
 * @param hardTimeout seconds, 0 for no end
 * @param priority the highest of those that match decides
 * @param buffer a frame that the flow is done with at once, or {@link #NO_BUFFER}
 * @param outPort which output a flow must have to be deleted, or {@link PortNumber#ANY}
 * @param outGroup the same for groups
 */
public record FlowMod(
    Command command,
    long cookie,
    long cookieMask,
    int table,
    int idleTimeout,
    int hardTimeout,
    int priority,
    int buffer,
    int outPort,
    int outGroup,
    int flags,
    Match match,
    List<Instruction> instructions)
    implements Message {

  public static final int ALL_TABLES = 0xff;
  public static final int NO_BUFFER = -1;
  public static final int ANY_GROUP = -1;

  /** A flow removed tells the controller. */
  public static final int SEND_FLOW_REMOVED = 1;

  /** A flow that overlaps one of the same priority is refused. */
  public static final int CHECK_OVERLAP = 2;

  /** What happens to which flows. */
  public enum Command {
    ADD(0),
    MODIFY(1),
    MODIFY_STRICT(2),
    DELETE(3),
    DELETE_STRICT(4);

    private final int number;

    Command(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  public FlowMod {
    instructions = List.copyOf(instructions);
  }

  /** A flow without cookie, or another one in the place of that with this match and priority. */
  public static FlowMod add(int table, int priority, Match match, List<Instruction> instructions) {
    return of(Command.ADD, table, priority, match).with(instructions);
  }

  /** Deletes the flow with exactly this match and priority, if there is one. */
  public static FlowMod deleteStrict(int table, int priority, Match match) {
    return of(Command.DELETE_STRICT, table, priority, match);
  }

  /** Deletes the flows of all tables whose cookies have these bits. */
  public static FlowMod deleteAll(long cookie, long mask) {
    return of(Command.DELETE, ALL_TABLES, 0, Match.ANY).withCookie(cookie, mask);
  }

  public FlowMod withCookie(long number) {
    return withCookie(number, 0);
  }

  public FlowMod withCookie(long number, long mask) {
    return new FlowMod(
        command,
        number,
        mask,
        table,
        idleTimeout,
        hardTimeout,
        priority,
        buffer,
        outPort,
        outGroup,
        flags,
        match,
        instructions);
  }

  public FlowMod withFlags(int bits) {
    return new FlowMod(
        command,
        cookie,
        cookieMask,
        table,
        idleTimeout,
        hardTimeout,
        priority,
        buffer,
        outPort,
        outGroup,
        bits,
        match,
        instructions);
  }

  public FlowMod withTimeouts(int idleSeconds, int hardSeconds) {
    return new FlowMod(
        command,
        cookie,
        cookieMask,
        table,
        idleSeconds,
        hardSeconds,
        priority,
        buffer,
        outPort,
        outGroup,
        flags,
        match,
        instructions);
  }

  private FlowMod with(List<Instruction> all) {
    return new FlowMod(
        command,
        cookie,
        cookieMask,
        table,
        idleTimeout,
        hardTimeout,
        priority,
        buffer,
        outPort,
        outGroup,
        flags,
        match,
        all);
  }

  private static FlowMod of(Command command, int table, int priority, Match match) {
    return new FlowMod(
        command,
        0,
        0,
        table,
        0,
        0,
        priority,
        NO_BUFFER,
        PortNumber.ANY,
        ANY_GROUP,
        0,
        match,
        List.of());
  }
}
