package org.universalnode.switching.openvswitch.openflow;

import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.universalnode.problem.ProblemException;

/** The bytes of messages: version, type, length and transaction, then a body of the type's own. */
final class MessageCodec {
  static final int VERSION = 4;
  static final int HEADER_BYTES = 8;
  static final int MAX_BYTES = 0xffff;

  private MessageCodec() {}

  /**
   * Writes one message at the buffer's position.
   *
   * @throws BufferOverflowException if the buffer has no room for it, whose position is then
   *     undefined
   * @throws IllegalArgumentException if the message is longer than {@link #MAX_BYTES}
   */
  static void write(ByteBuffer out, Envelope envelope) {
    int start = out.position();
    Message message = envelope.message();
    Wire.putU8(out, VERSION);
    Wire.putU8(out, MessageType.of(message));
    Wire.putU16(out, 0);
    out.putInt(envelope.transaction());
    switch (message) {
      case Message.Plain plain -> PlainCodec.write(out, plain);
      case FlowMod mod -> FlowCodec.write(out, mod);
      case FlowRemoved removed -> FlowCodec.write(out, removed);
      case Multipart multipart -> MultipartCodec.write(out, multipart);
      case Bundle bundle -> BundleCodec.write(out, bundle, envelope.transaction());
    }
    int length = out.position() - start;
    if (length > MAX_BYTES) {
      throw new IllegalArgumentException("a message of " + length + " bytes; 65535 is the most");
    }
    Wire.length(out, start);
  }

  /**
   * Reads the one message that is in the buffer.
   *
   * @throws ProblemException if it is none
   */
  static Envelope read(ByteBuffer in) {
    try {
      return readHeader(in);
    } catch (BufferUnderflowException e) {
      throw Wire.malformed("it ends too early");
    }
  }

  private static Envelope readHeader(ByteBuffer in) {
    int length = in.remaining();
    int version = Wire.u8(in);
    int type = Wire.u8(in);
    int announced = Wire.u16(in);
    int transaction = in.getInt();
    if (announced != length) {
      throw Wire.malformed(announced + " bytes are announced, " + length + " are there");
    }
    if (version != VERSION && type != MessageType.HELLO && type != MessageType.ERROR) {
      throw Wire.malformed("version " + version);
    }
    return new Envelope(transaction, readBody(version, type, in));
  }

  private static Message readBody(int version, int type, ByteBuffer in) {
    return switch (type) {
      case MessageType.HELLO -> HelloCodec.read(version, in);
      case MessageType.FLOW_MOD -> FlowCodec.readMod(in);
      case MessageType.FLOW_REMOVED -> FlowCodec.readRemoved(in);
      case MessageType.MULTIPART_REQUEST -> MultipartCodec.readRequest(in);
      case MessageType.MULTIPART_REPLY -> MultipartCodec.readReply(in);
      case MessageType.EXPERIMENTER -> BundleCodec.read(in);
      default -> PlainCodec.read(type, in);
    };
  }
}
