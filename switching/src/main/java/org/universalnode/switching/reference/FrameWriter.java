package org.universalnode.switching.reference;

import java.io.ByteArrayOutputStream;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.MacAddress;

/** Writes a frame, or a part of one, from its first byte on; numbers in network order. */
public final class FrameWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The lowest bits of numbers, each of which takes so many bytes. */
  public FrameWriter numbers(int size, long... numbers) {
    for (long number : numbers) {
      for (int shift = Byte.SIZE * (size - 1); shift >= 0; shift -= Byte.SIZE) {
        bytes.write((int) (number >>> shift));
      }
    }
    return this;
  }

  public FrameWriter mac(MacAddress... addresses) {
    for (MacAddress address : addresses) {
      numbers(6, address.bits());
    }
    return this;
  }

  /** 128 bits each. */
  public FrameWriter wide(Bits... values) {
    for (Bits value : values) {
      numbers(8, value.high(), value.low());
    }
    return this;
  }

  public FrameWriter bytes(byte... more) {
    bytes.writeBytes(more);
    return this;
  }

  public int size() {
    return bytes.size();
  }

  public byte[] written() {
    return bytes.toByteArray();
  }
}
