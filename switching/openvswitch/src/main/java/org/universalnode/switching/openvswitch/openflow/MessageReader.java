package org.universalnode.switching.openvswitch.openflow;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Cuts what comes from a switch into messages. Keeps little memory while there is nothing. */
final class MessageReader {
  private static final int SMALL = 4096;

  private final ReadableByteChannel channel;

  /** What has been read and not yet been given out is between 0 and its position. */
  private ByteBuffer bytes = ByteBuffer.allocate(SMALL);

  private int taken;

  MessageReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the next message; it is valid until the next call.
   *
   * @throws EOFException if the switch has closed the connection
   */
  ByteBuffer next() throws IOException {
    fill(MessageCodec.HEADER_BYTES);
    int length = Short.toUnsignedInt(bytes.getShort(taken + 2));
    if (length < MessageCodec.HEADER_BYTES) {
      throw new IOException("a message announces " + length + " bytes, less than its header");
    }
    fill(length);
    ByteBuffer message = bytes.slice(taken, length);
    taken += length;
    return message;
  }

  private void fill(int wanted) throws IOException {
    if (bytes.position() - taken >= wanted) {
      return;
    }
    makeRoom(wanted);
    while (bytes.position() < wanted) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("the switch closed the connection");
      }
    }
  }

  /** Moves what is left to the front of a buffer that is neither too small nor needlessly large. */
  private void makeRoom(int wanted) {
    ByteBuffer left = bytes.flip().position(taken);
    int size = Math.max(SMALL, Integer.highestOneBit(wanted - 1) << 1);
    if (left.remaining() <= size && bytes.capacity() != size) {
      bytes = ByteBuffer.allocate(size).put(left);
    } else {
      bytes.compact();
    }
    taken = 0;
  }
}
