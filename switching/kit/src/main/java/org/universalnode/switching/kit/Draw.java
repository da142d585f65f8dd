package org.universalnode.switching.kit;

import java.util.List;
import java.util.SplittableRandom;
import org.universalnode.nffg.Bits;

/** Draws numbers. */
final class Draw {
  private final SplittableRandom random;

  Draw(long seed) {
    random = new SplittableRandom(seed);
  }

  /** True once in {@code times}. */
  boolean onceIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** From 0 to {@code most}. */
  int upTo(int most) {
    return random.nextInt(most + 1);
  }

  <T> T any(List<? extends T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  Bits bits(int width) {
    return new Bits(random.nextLong(), random.nextLong()).and(Bits.ones(width));
  }

  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
