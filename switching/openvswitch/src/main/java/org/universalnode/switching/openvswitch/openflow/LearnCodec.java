package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.nffg.Bits;
import org.universalnode.switching.openvswitch.openflow.NiciraAction.Part;
import org.universalnode.switching.openvswitch.openflow.NiciraAction.Part.LoadField;
import org.universalnode.switching.openvswitch.openflow.NiciraAction.Part.LoadValue;
import org.universalnode.switching.openvswitch.openflow.NiciraAction.Part.MatchField;
import org.universalnode.switching.openvswitch.openflow.NiciraAction.Part.MatchValue;
import org.universalnode.switching.openvswitch.openflow.NiciraAction.Part.OutputField;

/**
 * The parts of a learnt flow, as ovs-actions(7) and nicira-ext.h have them: 16 bits that say the
 * source, the destination and how many bits; then source and destination themselves. A header of
 * zero ends them.
 */
final class LearnCodec {
  private static final int FROM_VALUE = 1 << 13;
  private static final int TO_MATCH = 0;
  private static final int TO_LOAD = 1 << 11;
  private static final int TO_OUTPUT = 2 << 11;
  private static final int DESTINATION = 3 << 11;
  private static final int COUNT = 0x7ff;

  private LearnCodec() {}

  static void write(ByteBuffer out, Part part) {
    switch (part) {
      case MatchValue(Subfield bits, long value) -> writeValue(out, TO_MATCH, bits, value);
      case LoadValue(Subfield to, long value) -> writeValue(out, TO_LOAD, to, value);
      case MatchField(Subfield from, Subfield bits) -> writeField(out, TO_MATCH, from, bits);
      case LoadField(Subfield from, Subfield to) -> writeField(out, TO_LOAD, from, to);
      case OutputField(Subfield port) -> {
        Wire.putU16(out, TO_OUTPUT | port.count());
        port.write(out);
      }
    }
  }

  private static void writeValue(ByteBuffer out, int destination, Subfield to, long value) {
    Wire.putU16(out, FROM_VALUE | destination | to.count());
    Wire.putBits(out, Bits.of(value), valueBytes(to.count()));
    to.write(out);
  }

  private static void writeField(ByteBuffer out, int destination, Subfield from, Subfield to) {
    Wire.putU16(out, destination | to.count());
    from.write(out);
    to.write(out);
  }

  /** Empty if a field is not known. */
  static Optional<List<Part>> readAll(ByteBuffer in) {
    List<Part> parts = new ArrayList<>();
    while (in.remaining() >= 2) {
      int header = Wire.u16(in);
      if (header == 0) {
        break;
      }
      Optional<Part> part = read(in, header);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(parts);
  }

  private static Optional<Part> read(ByteBuffer in, int header) {
    int count = header & COUNT;
    return (header & FROM_VALUE) == 0
        ? fromField(in, header & DESTINATION, count)
        : fromValue(in, header & DESTINATION, count);
  }

  /** Values of more than 64 bits are not known here. */
  private static Optional<Part> fromValue(ByteBuffer in, int destination, int count) {
    if (count > Long.SIZE || destination > TO_LOAD) {
      return Optional.empty();
    }
    long value = Wire.bits(in, valueBytes(count)).low();
    return subfield(in, count)
        .map(to -> destination == TO_MATCH ? new MatchValue(to, value) : new LoadValue(to, value));
  }

  private static Optional<Part> fromField(ByteBuffer in, int destination, int count) {
    Optional<Subfield> from = subfield(in, count);
    return switch (destination) {
      case TO_OUTPUT -> from.map(OutputField::new);
      case TO_MATCH ->
          from.flatMap(source -> subfield(in, count).map(to -> new MatchField(source, to)));
      case TO_LOAD ->
          from.flatMap(source -> subfield(in, count).map(to -> new LoadField(source, to)));
      default -> Optional.empty();
    };
  }

  private static Optional<Subfield> subfield(ByteBuffer in, int count) {
    return Subfield.of(in.getInt(), Wire.u16(in), count);
  }

  /** Whole 16-bit words. */
  private static int valueBytes(int count) {
    return (count + 15) / 16 * 2;
  }
}
