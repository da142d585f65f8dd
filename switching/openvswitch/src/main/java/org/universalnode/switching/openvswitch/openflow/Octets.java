package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that nobody changes, such as those of a frame. */
public final class Octets {
  public static final Octets NONE = new Octets(new byte[0]);

  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Octets of(byte[] bytes) {
    return new Octets(bytes.clone());
  }

  public byte[] toArray() {
    return bytes.clone();
  }

  public int size() {
    return bytes.length;
  }

  /** The next {@code size} bytes. */
  static Octets read(ByteBuffer in, int size) {
    byte[] bytes = new byte[Wire.checked(in, size)];
    in.get(bytes);
    return new Octets(bytes);
  }

  static Octets rest(ByteBuffer in) {
    return read(in, in.remaining());
  }

  void write(ByteBuffer out) {
    out.put(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets octets && Arrays.equals(bytes, octets.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
