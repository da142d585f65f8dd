package org.universalnode.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One message from the kernel.
 *
 * @param sequence number of the request it answers; 0 for an event
 * @param body what follows the header
 * @param fromElsewhere whether it is an event of another network namespace than the socket's
 */
record NetlinkReply(int type, int sequence, ByteBuffer body, boolean fromElsewhere) {
  static final int ERROR = 2;
  static final int DONE = 3;

  private static final int HEADER = 16;
  private static final int MESSAGE_ATTRIBUTE = 1;
  private static final int TYPE_MASK = 0x3fff;

  /** The messages of one datagram. */
  static List<NetlinkReply> parse(byte[] datagram, boolean fromElsewhere) {
    int length = datagram.length;
    List<NetlinkReply> replies = new ArrayList<>();
    ByteBuffer all = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
    int at = 0;
    while (at + HEADER <= length) {
      int size = all.getInt(at);
      if (size < HEADER || at + size > length) {
        break;
      }
      ByteBuffer body = all.slice(at + HEADER, size - HEADER).order(ByteOrder.nativeOrder());
      replies.add(
          new NetlinkReply(
              all.getShort(at + 4) & 0xffff, all.getInt(at + HEADER / 2), body, fromElsewhere));
      at += aligned(size);
    }
    return replies;
  }

  /** Errno of an ERROR message; 0 is an acknowledgement. */
  int error() {
    return -body.getInt(0);
  }

  /** What the kernel said beyond errno (NLMSGERR_ATTR_MSG), or the empty string. */
  String errorText() {
    int quoted = 4 + HEADER;
    if (body.limit() < quoted) {
      return "";
    }
    ByteBuffer text = attributes(quoted).get(MESSAGE_ATTRIBUTE);
    return text == null ? "" : string(text);
  }

  /** Attributes by type, from {@code offset} bytes into the body. */
  Map<Integer, ByteBuffer> attributes(int offset) {
    return attributes(body, offset);
  }

  static Map<Integer, ByteBuffer> attributes(ByteBuffer from, int offset) {
    Map<Integer, ByteBuffer> found = new HashMap<>();
    int at = offset;
    while (at + 4 <= from.limit()) {
      int size = from.getShort(at) & 0xffff;
      if (size < 4 || at + size > from.limit()) {
        break;
      }
      ByteBuffer value = from.slice(at + 4, size - 4).order(ByteOrder.nativeOrder());
      found.put(from.getShort(at + 2) & TYPE_MASK, value);
      at += aligned(size);
    }
    return found;
  }

  static String string(ByteBuffer value) {
    byte[] text = new byte[value.limit()];
    value.get(0, text);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  private static int aligned(int size) {
    return (size + 3) & ~3;
  }
}
