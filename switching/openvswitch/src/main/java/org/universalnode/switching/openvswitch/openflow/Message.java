package org.universalnode.switching.openvswitch.openflow;

import java.util.List;

/** What the two sides of a connection say, OpenFlow 1.3.5 section 7. */
public sealed interface Message permits Message.Plain, FlowMod, FlowRemoved, Multipart, Bundle {

  /** One that is written in few lines. */
  sealed interface Plain extends Message {}

  /**
   * The first message of either side.
   *
   * @param versions bit {@code n} says that version {@code n} is spoken; 1.3 is 4
   */
  record Hello(int versions) implements Plain {}

  /**
   * Something was refused; the transaction is that of the refused message.
   *
   * @param data the beginning of the refused message, at least 64 bytes if it had as many
   */
  record Refusal(ErrorCode code, Octets data) implements Plain {}

  record EchoRequest(Octets data) implements Plain {}

  /** What was asked comes back. */
  record EchoReply(Octets data) implements Plain {}

  record FeaturesRequest() implements Plain {}

  /**
   * Who the switch is.
   *
   * @param buffers how many frames the switch keeps for the controller
   * @param auxiliary 0 for the main connection of the datapath
   * @param capabilities bits of section 7.3.1
   */
  record FeaturesReply(long datapath, int buffers, int tables, int auxiliary, int capabilities)
      implements Plain {}

  /**
   * Tells the switch what it decides about frames by itself.
   *
   * @param flags what becomes of fragments
   * @param missBytes how much of a frame that no flow matches goes to the controller
   */
  record SetConfig(int flags, int missBytes) implements Plain {}

  record GetConfigRequest() implements Plain {}

  record GetConfigReply(int flags, int missBytes) implements Plain {}

  /**
   * A frame for the controller.
   *
   * @param buffer {@link #NO_BUFFER} if {@code frame} is all there is
   * @param size of the whole frame in bytes
   * @param reason 0 for no flow, 1 for an action, 2 for a time to live
   * @param table where the flow was
   * @param cookie of the flow
   */
  record PacketIn(
      int buffer, int size, int reason, int table, long cookie, Match match, Octets frame)
      implements Plain {
    public static final int NO_BUFFER = -1;
  }

  /**
   * A frame from the controller.
   *
   * @param inPort where it is said to come from
   */
  record PacketOut(int buffer, int inPort, List<Action> actions, Octets frame) implements Plain {
    public PacketOut {
      actions = List.copyOf(actions);
    }
  }

  record PortStatus(Change change, Port port) implements Plain {
    /** What happened to the port. */
    public enum Change {
      ADDED(0),
      DELETED(1),
      MODIFIED(2);

      private final int number;

      Change(int number) {
        this.number = number;
      }

      int number() {
        return number;
      }
    }
  }

  /** Everything before this is done before anything after this begins. */
  record BarrierRequest() implements Plain {}

  record BarrierReply() implements Plain {}

  /** One that we do not know. */
  record Unknown(int type, Octets body) implements Plain {}
}
