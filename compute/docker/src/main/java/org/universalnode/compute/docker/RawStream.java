package org.universalnode.compute.docker;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a container without a terminal prints, as the engine sends it: frames of a kind, three empty
 * bytes, a length and so many bytes.
 */
final class RawStream {
  private static final int LENGTH_AT = 4;
  private static final int HEADER = 8;
  private static final int LONGEST = 4 << 20;

  private final DataInputStream input;

  RawStream(InputStream input) {
    this.input = new DataInputStream(input);
  }

  /** Empty at the end. */
  Optional<byte[]> next() throws IOException {
    byte[] header = input.readNBytes(HEADER);
    if (header.length == 0) {
      return Optional.empty();
    }
    if (header.length < HEADER) {
      throw new EOFException("it hung up");
    }
    int length = ByteBuffer.wrap(header).getInt(LENGTH_AT);
    if (length < 0 || length > LONGEST) {
      throw new IOException("what it sends is no stream of frames");
    }
    byte[] bytes = new byte[length];
    input.readFully(bytes);
    return Optional.of(bytes);
  }
}
