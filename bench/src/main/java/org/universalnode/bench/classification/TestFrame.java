package org.universalnode.bench.classification;

import java.nio.ByteBuffer;

/** A UDP packet from 10.0.0.1 to 10.0.0.2, of 60 bytes with its Ethernet header. */
final class TestFrame {
  static final byte[] BYTES = bytes();

  private TestFrame() {}

  private static byte[] bytes() {
    return ByteBuffer.allocate(60)
        .putLong(0x0200_0000_0002_0200L)
        .putInt(0x0000_0001)
        .putShort((short) 0x0800)
        .putShort((short) 0x4500)
        .putShort((short) 46)
        .putInt(0)
        .putShort((short) 0x4011)
        .putShort((short) 0x66bd)
        .putInt(0x0a00_0001)
        .putInt(0x0a00_0002)
        .putShort((short) 5001)
        .putShort((short) 5001)
        .putShort((short) 26)
        .array();
  }
}
