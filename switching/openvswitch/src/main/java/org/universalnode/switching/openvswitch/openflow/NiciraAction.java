package org.universalnode.switching.openvswitch.openflow;

import java.util.List;

/** Actions of Open vSwitch; ovs-actions(7) tells what they do. */
public sealed interface NiciraAction extends Action {

  /** Writes a value into bits of a field. */
  record Load(Subfield to, long value) implements NiciraAction {
    public Load {
      if (to.count() > Long.SIZE) {
        throw new IllegalArgumentException(to + " has more than 64 bits");
      }
    }
  }

  /** Copies bits; both sides have as many. */
  record Move(Subfield from, Subfield to) implements NiciraAction {
    public Move {
      from.checkAsWideAs(to);
    }
  }

  /**
   * Looks for another flow and does its actions, then goes on here.
   *
   * @param port as if the frame came from there; 16 bits, {@link #SAME_PORT} for its own
   * @param table {@link #SAME_TABLE} for this one
   */
  record Resubmit(int port, int table) implements NiciraAction {
    public static final int SAME_PORT = 0xfff8;
    public static final int SAME_TABLE = 255;

    public Resubmit(int table) {
      this(SAME_PORT, table);
    }
  }

  /** An output to the port whose number is in these bits; to nowhere if there is no such port. */
  record OutputFrom(Subfield port, int maxBytes) implements NiciraAction {}

  /**
   * Adds a flow made from the frame, or makes it young again if there is one. Times are seconds, 0
   * for no end.
   *
   * @param finIdleTimeout instead of {@code idleTimeout} after a TCP FIN or RST
   * @param finHardTimeout instead of {@code hardTimeout} after a TCP FIN or RST
   */
  record Learn(
      int idleTimeout,
      int hardTimeout,
      int priority,
      long cookie,
      int flags,
      int table,
      int finIdleTimeout,
      int finHardTimeout,
      List<Part> parts)
      implements NiciraAction {
    /** Tells the controller when the learnt flow ends. */
    public static final int SEND_FLOW_REMOVED = 1;

    /** The learnt flows end with this one. */
    public static final int DELETE_LEARNED = 2;

    public Learn {
      parts = List.copyOf(parts);
    }

    /** Flows of that table that end when no frame has met them for a while. */
    public static Learn into(int table, int priority, int idleTimeout, List<Part> parts) {
      return new Learn(idleTimeout, 0, priority, 0, 0, table, 0, 0, parts);
    }

    public Learn withCookie(long number) {
      return new Learn(
          idleTimeout,
          hardTimeout,
          priority,
          number,
          flags,
          table,
          finIdleTimeout,
          finHardTimeout,
          parts);
    }
  }

  /** A piece of the learnt flow. */
  sealed interface Part {

    /** The flow matches frames in which these bits have that value. */
    record MatchValue(Subfield bits, long value) implements Part {}

    /** The flow matches frames in which these bits are as {@code from} is in the frame at hand. */
    record MatchField(Subfield from, Subfield bits) implements Part {
      public MatchField {
        from.checkAsWideAs(bits);
      }
    }

    /** The flow writes that value. */
    record LoadValue(Subfield to, long value) implements Part {}

    /** The flow writes what {@code from} is in the frame at hand. */
    record LoadField(Subfield from, Subfield to) implements Part {
      public LoadField {
        from.checkAsWideAs(to);
      }
    }

    /** The flow sends to the port that {@code port} is in the frame at hand. */
    record OutputField(Subfield port) implements Part {}
  }
}
