package org.universalnode.switching.reference;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.universalnode.nffg.HeaderField;

/** Frames as they are on the wire, and what is on a wire. */
final class Bytes {
  static final String MACS = "02 00 00 00 00 02  02 00 00 00 00 01 ";

  /** TCP 10.0.0.1:1234 to 8.8.8.8:80, SYN, as a host sends it. */
  static final String TCP_PACKET =
      "45 00 00 28 00 00 40 00 40 06 20 c0 0a 00 00 01 08 08 08 08 "
          + "04 d2 00 50 00 00 00 00 00 00 00 00 50 02 ff ff 90 b0 00 00 ";

  private Bytes() {}

  static Frame frame(String... hex) {
    return Frame.of(HexFormat.of().parseHex(String.join("", hex).replaceAll("\\s", "")));
  }

  static Frame tcp() {
    return frame(MACS, "08 00", TCP_PACKET);
  }

  static String hex(Frame frame, int at, int count) {
    return HexFormat.ofDelimiter(" ").formatHex(frame.bytes(), at, at + count);
  }

  static int number16(Frame frame, int at) {
    return ByteBuffer.wrap(frame.bytes()).getShort(at) & 0xffff;
  }

  static Frame with(Frame frame, HeaderField field, String value) {
    return frame.with(field, field.parse(value).value());
  }

  /**
   * The sum of RFC 1071 over a range, 0xffff if a checksum in it is right, calculated the simplest
   * way.
   */
  static int sum(Frame frame, int at, int count, int start) {
    byte[] bytes = frame.bytes();
    int sum = start;
    for (int i = 0; i < count; i++) {
      sum += (bytes[at + i] & 255) << (i % 2 == 0 ? 8 : 0);
      sum = sum > 0xffff ? sum - 0xffff : sum;
    }
    return sum;
  }
}
