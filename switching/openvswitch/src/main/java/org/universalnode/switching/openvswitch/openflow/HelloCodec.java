package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import org.universalnode.switching.openvswitch.openflow.Message.Hello;

/** The bytes of hello: elements, of which the one with a bitmap of versions has a meaning. */
final class HelloCodec {
  private static final int VERSIONS = 1;

  private HelloCodec() {}

  static void write(ByteBuffer out, Hello hello) {
    Wire.putU16(out, VERSIONS);
    Wire.putU16(out, 8);
    out.putInt(hello.versions());
  }

  /** Without a bitmap, all versions up to that of the header are meant. */
  static Hello read(int version, ByteBuffer in) {
    while (in.remaining() >= 4) {
      int type = Wire.u16(in);
      int length = Wire.u16(in);
      ByteBuffer element = Wire.structure(in, length);
      Wire.skip(in, Math.min(-length & 7, in.remaining()));
      if (type == VERSIONS) {
        return new Hello(element.getInt());
      }
    }
    return new Hello((1 << (Math.min(version, 30) + 1)) - 2);
  }
}
