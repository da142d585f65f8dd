package org.universalnode.switching.openvswitch.openflow;

/** What a flow does with a frame, OpenFlow 1.3.5 section 7.2.5. */
public sealed interface Action permits Action.Standard, NiciraAction, Action.Unknown {

  /** One that is in the standard. */
  sealed interface Standard extends Action {}

  /**
   * Sends the frame as it is by now.
   *
   * @param port or one of {@link PortNumber}
   * @param maxBytes how much of the frame goes to the controller; {@link #WHOLE} for all
   */
  record Output(int port, int maxBytes) implements Standard {
    /** OFPCML_NO_BUFFER. */
    public static final int WHOLE = 0xffff;

    public Output(int port) {
      this(port, 0);
    }
  }

  /**
   * A tag outside all others, whose VLAN and priority are those of the one that was there.
   *
   * @param etherType 0x8100 or 0x88a8
   */
  record PushVlan(int etherType) implements Standard {}

  record PopVlan() implements Standard {}

  /** The field must be exact; the flow's match must say what it needs. */
  record SetField(OxmTlv.Field field) implements Standard {}

  record Group(int group) implements Standard {}

  record SetQueue(int queue) implements Standard {}

  /** One that we do not know. */
  record Unknown(int type, Octets body) implements Action {}
}
