package org.universalnode.switching.openvswitch.openflow;

import java.util.List;

/**
 * A change of the flow tables, OpenFlow 1.3.5 section 7.3.4.1.
 *
 * @param table {@link #ALL_TABLES} when deleting
 * @param priority the highest of those that match decides
 */
public record FlowMod(
    Command command,
    int table,
    int priority,
    Match match,
    List<Instruction> instructions,
    Options options)
    implements Message {

  public static final int ALL_TABLES = 0xff;
  public static final int NO_BUFFER = -1;
  public static final int ANY_GROUP = -1;

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

  /**
   * What most flows do without.
   *
   * @param cookie a number that stays with the flow and comes back with its counters
   * @param cookieMask which bits of the cookie a flow must have to be changed or deleted
   * @param idle seconds without a frame after which it ends, 0 for no end
   * @param hard seconds after which it ends, 0 for no end
   * @param buffer a frame that the flow is done with at once, or {@link #NO_BUFFER}
   * @param outPort which output a flow must have to be deleted, or {@link PortNumber#ANY}
   * @param outGroup the same for groups, or {@link #ANY_GROUP}
   */
  public record Options(
      long cookie,
      long cookieMask,
      int idle,
      int hard,
      int flags,
      int buffer,
      int outPort,
      int outGroup) {

    public static final Options NONE =
        new Options(0, 0, 0, 0, 0, NO_BUFFER, PortNumber.ANY, ANY_GROUP);

    /** The end of the flow is told to the controller. */
    public static final int SEND_FLOW_REMOVED = 1;

    /** A flow that overlaps one of the same priority is refused. */
    public static final int CHECK_OVERLAP = 2;

    public Options withCookie(long number, long mask) {
      return new Options(number, mask, idle, hard, flags, buffer, outPort, outGroup);
    }

    public Options withTimeouts(int idleSeconds, int hardSeconds) {
      return new Options(
          cookie, cookieMask, idleSeconds, hardSeconds, flags, buffer, outPort, outGroup);
    }

    public Options withFlags(int bits) {
      return new Options(cookie, cookieMask, idle, hard, bits, buffer, outPort, outGroup);
    }
  }

  public FlowMod {
    instructions = List.copyOf(instructions);
  }

  /** A flow, instead of that with this match and priority if there is one. */
  public static FlowMod add(int table, int priority, Match match, List<Instruction> instructions) {
    return new FlowMod(Command.ADD, table, priority, match, instructions, Options.NONE);
  }

  /** Deletes the flow with exactly this match and priority, if there is one. */
  public static FlowMod deleteStrict(int table, int priority, Match match) {
    return new FlowMod(Command.DELETE_STRICT, table, priority, match, List.of(), Options.NONE);
  }

  /** Deletes the flows of all tables whose cookies have these bits. */
  public static FlowMod deleteAll(long cookie, long mask) {
    Options options = Options.NONE.withCookie(cookie, mask);
    return new FlowMod(Command.DELETE, ALL_TABLES, 0, Match.ANY, List.of(), options);
  }

  public FlowMod withCookie(long number) {
    return with(options.withCookie(number, options.cookieMask));
  }

  public FlowMod with(Options others) {
    return new FlowMod(command, table, priority, match, instructions, others);
  }

  /** What a person wants to know of it. */
  @Override
  public String toString() {
    return "%s table=%d priority=%d cookie=0x%x match=%s instructions=%s"
        .formatted(command, table, priority, options.cookie, match, instructions);
  }
}
