package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.universalnode.switching.openvswitch.openflow.NiciraAction.Learn;
import org.universalnode.switching.openvswitch.openflow.NiciraAction.Load;
import org.universalnode.switching.openvswitch.openflow.NiciraAction.Move;
import org.universalnode.switching.openvswitch.openflow.NiciraAction.OutputFrom;
import org.universalnode.switching.openvswitch.openflow.NiciraAction.Resubmit;

/** The bodies of Open vSwitch's actions: experimenter, two bytes of kind, and what it wants. */
final class NiciraCodec {
  static final int NICIRA = 0x2320;

  private static final int MOVE = 6;
  private static final int LOAD = 7;
  private static final int RESUBMIT_TABLE = 14;
  private static final int OUTPUT_FROM = 15;
  private static final int LEARN = 16;

  private NiciraCodec() {}

  static void write(ByteBuffer out, NiciraAction action) {
    out.putInt(NICIRA);
    switch (action) {
      case Move move -> write(out, move);
      case Load(Subfield to, long value) -> {
        Wire.putU16(out, LOAD);
        Wire.putU16(out, to.range());
        out.putInt(to.oxm().header());
        out.putLong(value);
      }
      case Resubmit(int port, int table) -> {
        Wire.putU16(out, RESUBMIT_TABLE);
        Wire.putU16(out, port);
        Wire.putU8(out, table);
      }
      case OutputFrom(Subfield port, int maxBytes) -> {
        Wire.putU16(out, OUTPUT_FROM);
        Wire.putU16(out, port.range());
        out.putInt(port.oxm().header());
        Wire.putU16(out, maxBytes);
        Wire.zeros(out, 6);
      }
      case Learn learn -> write(out, learn);
    }
  }

  private static void write(ByteBuffer out, Move move) {
    Wire.putU16(out, MOVE);
    Wire.putU16(out, move.from().count());
    Wire.putU16(out, move.from().from());
    Wire.putU16(out, move.to().from());
    out.putInt(move.from().oxm().header());
    out.putInt(move.to().oxm().header());
  }

  private static void write(ByteBuffer out, Learn learn) {
    Wire.putU16(out, LEARN);
    Wire.putU16(out, learn.idleTimeout());
    Wire.putU16(out, learn.hardTimeout());
    Wire.putU16(out, learn.priority());
    out.putLong(learn.cookie());
    Wire.putU16(out, learn.flags());
    Wire.putU8(out, learn.table());
    Wire.putU8(out, 0);
    Wire.putU16(out, learn.finIdleTimeout());
    Wire.putU16(out, learn.finHardTimeout());
    Wire.putAll(out, learn.parts(), LearnCodec::write);
  }

  /** Empty if the action or a field in it is not known. */
  static Optional<NiciraAction> read(ByteBuffer in) {
    if (in.getInt() != NICIRA) {
      return Optional.empty();
    }
    return switch (Wire.u16(in)) {
      case MOVE -> move(in);
      case LOAD ->
          Subfield.ofRange(Wire.u16(in), in.getInt()).map(to -> new Load(to, in.getLong()));
      case RESUBMIT_TABLE -> Optional.of(new Resubmit(Wire.u16(in), Wire.u8(in)));
      case OUTPUT_FROM ->
          Subfield.ofRange(Wire.u16(in), in.getInt())
              .map(port -> new OutputFrom(port, Wire.u16(in)));
      case LEARN -> learn(in);
      default -> Optional.empty();
    };
  }

  private static Optional<NiciraAction> move(ByteBuffer in) {
    int count = Wire.u16(in);
    int fromBit = Wire.u16(in);
    int toBit = Wire.u16(in);
    Optional<Subfield> from = Subfield.of(in.getInt(), fromBit, count);
    Optional<Subfield> to = Subfield.of(in.getInt(), toBit, count);
    return from.flatMap(source -> to.map(target -> new Move(source, target)));
  }

  private static Optional<NiciraAction> learn(ByteBuffer in) {
    int idle = Wire.u16(in);
    int hard = Wire.u16(in);
    int priority = Wire.u16(in);
    long cookie = in.getLong();
    int flags = Wire.u16(in);
    int table = Wire.u8(in);
    Wire.skip(in, 1);
    int finIdle = Wire.u16(in);
    int finHard = Wire.u16(in);
    Optional<List<NiciraAction.Part>> parts = LearnCodec.readAll(in);
    return parts.map(
        list -> new Learn(idle, hard, priority, cookie, flags, table, finIdle, finHard, list));
  }
}
