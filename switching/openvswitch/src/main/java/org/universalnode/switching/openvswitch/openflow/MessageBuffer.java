package org.universalnode.switching.openvswitch.openflow;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.universalnode.problem.Problem;

/** Messages one after the other, in a buffer that grows as they need it. */
public final class MessageBuffer {
  private static final int SMALL = 512;

  /** Larger than that it is time to send. */
  private static final int BATCH = 32 * 1024;

  private ByteBuffer bytes;

  private MessageBuffer(int size) {
    bytes = ByteBuffer.allocate(size);
  }

  /** For few messages. */
  static MessageBuffer small() {
    return new MessageBuffer(SMALL);
  }

  /** For so many that they are sent in several batches. */
  public static MessageBuffer large() {
    return new MessageBuffer(BATCH + 4096);
  }

  static ByteBuffer of(Envelope envelope) {
    return small().add(envelope).take();
  }

  public MessageBuffer add(Envelope envelope) {
    int start = bytes.position();
    while (true) {
      try {
        MessageCodec.write(bytes, envelope);
        return this;
      } catch (BufferOverflowException e) {
        bytes.position(start);
        grow(start, envelope.message());
      } catch (IllegalArgumentException e) {
        bytes.position(start);
        throw tooLong(envelope.message());
      }
    }
  }

  public boolean isFull() {
    return bytes.position() >= BATCH;
  }

  boolean isEmpty() {
    return bytes.position() == 0;
  }

  /** The messages, ready to be sent; this is empty then. */
  public ByteBuffer take() {
    ByteBuffer full = bytes.flip();
    bytes = ByteBuffer.allocate(full.capacity());
    return full;
  }

  private void grow(int used, Message message) {
    if (bytes.capacity() - used > 2 * MessageCodec.MAX_BYTES) {
      throw tooLong(message);
    }
    ByteBuffer larger = ByteBuffer.allocate(2 * bytes.capacity());
    bytes = larger.put(bytes.flip());
  }

  private static RuntimeException tooLong(Message message) {
    return Problem.of(
            Problem.Code.LIMIT,
            "a message of OpenFlow has at most 65535 bytes; this one would be longer: "
                + message.getClass().getSimpleName())
        .next("give the rule fewer actions")
        .asException();
  }
}
