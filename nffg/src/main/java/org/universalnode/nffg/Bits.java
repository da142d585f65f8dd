package org.universalnode.nffg;

/**
 * Up to 128 bits of a header, as an unsigned number.
 *
 * @param high bits 64 and up
 * @param low bits 0 to 63
 */
public record Bits(long high, long low) {
  public static final Bits ZERO = new Bits(0, 0);

  public static Bits of(long low) {
    return new Bits(0, low);
  }

  /** The lowest {@code count} bits set, 0 to 128. */
  public static Bits ones(int count) {
    if (count < 0 || count > 128) {
      throw new IllegalArgumentException("0 to 128 bits, not " + count);
    }
    long low = count == 0 ? 0 : -1L >>> (64 - Math.min(64, count));
    return new Bits(count <= 64 ? 0 : -1L >>> (128 - count), low);
  }

  /** The mask of a prefix of {@code length} bits in a field of {@code width} bits. */
  public static Bits prefix(int length, int width) {
    return ones(width).without(ones(width - length));
  }

  public Bits and(Bits other) {
    return new Bits(high & other.high, low & other.low);
  }

  public Bits or(Bits other) {
    return new Bits(high | other.high, low | other.low);
  }

  public Bits without(Bits other) {
    return new Bits(high & ~other.high, low & ~other.low);
  }

  /** Whether every bit of {@code other} is set here too. */
  public boolean contains(Bits other) {
    return other.without(this).equals(ZERO);
  }

  public int count() {
    return Long.bitCount(high) + Long.bitCount(low);
  }
}
