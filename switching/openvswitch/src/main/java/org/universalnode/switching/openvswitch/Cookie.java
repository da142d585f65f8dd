package org.universalnode.switching.openvswitch;

import java.nio.ByteBuffer;
import org.universalnode.switching.devices.Digest;

/**
 * What flows are for, in the upper byte of their cookies; the rest says which of these it is.
 *
 * <p>A rule's flow has a digest of the rule's id, a port's flow the port's number, a selection the
 * digest of all rules that it selects.
 */
enum Cookie {
  /** What every LSI has. */
  STATIC(1),
  PORT(2),
  SELECTION(3),
  /** A selection for frames that met a change's new rules already. */
  CHANGE(4),
  RULE(5),
  COUNTER(6),
  LEARNED(7);

  static final long KIND = 0xffL << 56;
  static final long ALL = -1L;
  private static final long REST = ~KIND;

  private final long kind;

  Cookie(long kind) {
    this.kind = kind << 56;
  }

  long of(long rest) {
    return kind | (rest & REST);
  }

  /** 56 bits. */
  static long digest(String text) {
    return ByteBuffer.wrap(Digest.of(text, Long.BYTES)).getLong() & REST;
  }

  static long rest(long cookie) {
    return cookie & REST;
  }
}
