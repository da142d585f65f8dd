package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchRule;

/** What a rule does, as the data plane's {@code struct op}s. */
final class Operations {
  /** MOST_PROGRAM of the data plane. */
  static final int MOST = 64;

  static final int BYTES = 8;

  private static final int OUTPUT = 1;
  private static final int PUSH_VLAN = 2;
  private static final int POP_VLAN = 3;
  private static final int SET_VLAN = 4;
  private static final int SET_PRIORITY = 5;
  private static final int SET_DSCP = 6;
  private static final int SET_BYTES = 7;
  private static final int CALL = 8;
  private static final int VLAN_ID = 0x0fff;

  /** Which frames have a field. */
  private enum Frames {
    ANY(0),
    IPV4(1),
    IPV6(2),
    WITH_PORTS(3);

    private final int number;

    Frames(int number) {
      this.number = number;
    }
  }

  /**
   * One operation.
   *
   * @param head kind, frames, offset and bytes, the first lowest
   */
  record Operation(int head, int value) {
    private static Operation of(int kind, int value) {
      return new Operation(kind, value);
    }
  }

  private Operations() {}

  /** The operation that runs a program of its own. */
  static Operation call(int program) {
    return Operation.of(CALL, program);
  }

  /**
   * All that a rule does, in order.
   *
   * @throws ProblemException if that is more than the data plane has room for, or has a field that
   *     it does not set
   */
  static List<Operation> of(SwitchRule rule) {
    List<Operation> operations = new ArrayList<>();
    rule.actions().forEach(action -> add(action, operations));
    if (operations.size() > MOST) {
      throw Problem.of(Problem.Code.LIMIT, "rule " + rule.id() + " does too many things")
          .next("send to fewer ports, or set fewer fields; there is room for " + MOST)
          .asException();
    }
    return operations;
  }

  private static void add(RuleAction<Integer> action, List<Operation> operations) {
    switch (action) {
      case RuleAction.Output<Integer>(Integer port) -> operations.add(Operation.of(OUTPUT, port));
      case RuleAction.PushVlan<Integer>(int vlan) -> operations.add(Operation.of(PUSH_VLAN, vlan));
      case RuleAction.PopVlan<Integer>() -> operations.add(Operation.of(POP_VLAN, 0));
      case RuleAction.SetField<Integer>(HeaderField field, Bits value) ->
          set(field, value, operations);
    }
  }

  private static void set(HeaderField field, Bits value, List<Operation> operations) {
    int low = (int) value.low();
    switch (field) {
      case VLAN -> operations.add(Operation.of(SET_VLAN, low & VLAN_ID));
      case VLAN_PRIORITY -> operations.add(Operation.of(SET_PRIORITY, low));
      case IP_DSCP -> operations.add(Operation.of(SET_DSCP, low));
      case SOURCE_MAC, DEST_MAC -> setBytes(field, value, Frames.ANY, operations);
      case IPV4_SOURCE, IPV4_DEST -> setBytes(field, value, Frames.IPV4, operations);
      case IPV6_SOURCE, IPV6_DEST -> setBytes(field, value, Frames.IPV6, operations);
      case SOURCE_PORT, DEST_PORT -> setBytes(field, value, Frames.WITH_PORTS, operations);
      case ETHER_TYPE,
          IP_ECN,
          PROTOCOL,
          ICMPV4_TYPE,
          ICMPV4_CODE,
          ICMPV6_TYPE,
          ICMPV6_CODE,
          ARP_OPCODE,
          ARP_SOURCE_IP,
          ARP_TARGET_IP,
          ARP_SOURCE_MAC,
          ARP_TARGET_MAC,
          IPV6_FLOW_LABEL,
          ND_TARGET,
          ND_SOURCE_MAC,
          ND_TARGET_MAC,
          MPLS_LABEL,
          MPLS_TRAFFIC_CLASS ->
          throw Problem.of(Problem.Code.UNSUPPORTED, "the switch does not set " + field)
              .next("leave the action out")
              .asException();
    }
  }

  /** In steps of four bytes, and two at the end. */
  private static void setBytes(
      HeaderField field, Bits value, Frames frames, List<Operation> operations) {
    HeaderBits.Place place = HeaderBits.place(field);
    ByteBuffer bytes = ByteBuffer.wrap(place.bytes(value)).order(ByteOrder.nativeOrder());
    while (bytes.hasRemaining()) {
      int offset = place.offset() + bytes.position();
      int count = bytes.remaining() >= Integer.BYTES ? Integer.BYTES : Short.BYTES;
      int head = SET_BYTES | (frames.number << 8) | (offset << 16) | (count << 24);
      int bits = count == Integer.BYTES ? bytes.getInt() : Short.toUnsignedInt(bytes.getShort());
      operations.add(new Operation(head, bits));
    }
  }
}
