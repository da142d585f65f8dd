package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;

/** The bytes of ONF extension 230; a message of another experimenter is an unknown one. */
final class BundleCodec {
  static final int ONF = 0x4f4e4600;
  private static final int CONTROL = 2300;
  private static final int ADD = 2301;

  private BundleCodec() {}

  static void write(ByteBuffer out, Bundle message, int transaction) {
    out.putInt(ONF);
    switch (message) {
      case Bundle.Control(int bundle, Bundle.Step step, int flags) -> {
        out.putInt(CONTROL).putInt(bundle);
        Wire.putU16(out, step.number());
        Wire.putU16(out, flags);
      }
      case Bundle.Add(int bundle, int flags, Message added) -> {
        out.putInt(ADD).putInt(bundle);
        Wire.zeros(out, 2);
        Wire.putU16(out, flags);
        MessageCodec.write(out, new Envelope(transaction, added));
      }
    }
  }

  static Message read(ByteBuffer in) {
    ByteBuffer whole = in.duplicate();
    if (in.getInt() != ONF) {
      return new Message.Unknown(MessageType.EXPERIMENTER, Octets.rest(whole));
    }
    return switch (in.getInt()) {
      case CONTROL -> readControl(in);
      case ADD -> readAdd(in);
      default -> new Message.Unknown(MessageType.EXPERIMENTER, Octets.rest(whole));
    };
  }

  private static Bundle readControl(ByteBuffer in) {
    int bundle = in.getInt();
    Bundle.Step step = Wire.constant(Bundle.Step.values(), Bundle.Step::number, Wire.u16(in));
    return new Bundle.Control(bundle, step, Wire.u16(in));
  }

  private static Bundle readAdd(ByteBuffer in) {
    int bundle = in.getInt();
    Wire.skip(in, 2);
    int flags = Wire.u16(in);
    ByteBuffer header = in.duplicate();
    Wire.skip(header, 2);
    int size = Wire.u16(header);
    Envelope added = MessageCodec.read(Wire.slice(in, size));
    if (added.message() instanceof Bundle) {
      throw Wire.malformed("a bundle in a bundle");
    }
    return new Bundle.Add(bundle, flags, added.message());
  }
}
