package org.universalnode.linux;

import java.util.HexFormat;

/** Text form of hardware addresses: aa:bb:cc:dd:ee:ff. */
final class HardwareAddress {
  private static final HexFormat FORMAT = HexFormat.ofDelimiter(":");

  private HardwareAddress() {}

  static byte[] parse(String text) {
    return FORMAT.parseHex(text);
  }

  static String format(byte[] bytes) {
    return FORMAT.formatHex(bytes);
  }
}
