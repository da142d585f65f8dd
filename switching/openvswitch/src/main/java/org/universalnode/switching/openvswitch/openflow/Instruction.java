package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import java.util.List;

/** What a flow does when it matches, OpenFlow 1.3.5 section 7.2.4. */
public sealed interface Instruction {

  /** Does the actions at once. */
  record ApplyActions(List<Action> actions) implements Instruction {
    public ApplyActions {
      actions = List.copyOf(actions);
    }
  }

  /** Adds the actions to those that are done when no further table is asked. */
  record WriteActions(List<Action> actions) implements Instruction {
    public WriteActions {
      actions = List.copyOf(actions);
    }
  }

  record ClearActions() implements Instruction {}

  record WriteMetadata(long value, long mask) implements Instruction {}

  /** Goes on in a later table. */
  record GotoTable(int table) implements Instruction {}

  /** One that we do not know. */
  record Unknown(int type, Octets body) implements Instruction {}

  private static int type(Instruction instruction) {
    return switch (instruction) {
      case GotoTable go -> 1;
      case WriteMetadata write -> 2;
      case WriteActions write -> 3;
      case ApplyActions apply -> 4;
      case ClearActions clear -> 5;
      case Unknown(int type, Octets body) -> type;
    };
  }

  static void write(ByteBuffer out, Instruction instruction) {
    int start = out.position();
    Wire.putU16(out, type(instruction));
    Wire.putU16(out, 0);
    switch (instruction) {
      case GotoTable(int table) -> out.putInt(table << 24);
      case WriteMetadata(long value, long mask) -> {
        Wire.zeros(out, 4);
        out.putLong(value);
        out.putLong(mask);
      }
      case WriteActions(List<Action> actions) -> writeActions(out, actions);
      case ApplyActions(List<Action> actions) -> writeActions(out, actions);
      case ClearActions() -> Wire.zeros(out, 4);
      case Unknown(int type, Octets body) -> body.write(out);
    }
    Wire.length(out, start);
  }

  private static void writeActions(ByteBuffer out, List<Action> actions) {
    Wire.zeros(out, 4);
    ActionCodec.write(out, actions);
  }

  static Instruction read(ByteBuffer in) {
    int type = Wire.u16(in);
    ByteBuffer body = Wire.structure(in, Wire.u16(in));
    return switch (type) {
      case 1 -> new GotoTable(Wire.u8(body));
      case 2 -> {
        Wire.skip(body, 4);
        yield new WriteMetadata(body.getLong(), body.getLong());
      }
      case 3 -> new WriteActions(readActions(body));
      case 4 -> new ApplyActions(readActions(body));
      case 5 -> new ClearActions();
      default -> new Unknown(type, Octets.rest(body));
    };
  }

  private static List<Action> readActions(ByteBuffer body) {
    Wire.skip(body, 4);
    return ActionCodec.readAll(body);
  }
}
