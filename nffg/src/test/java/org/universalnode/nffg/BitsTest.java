package org.universalnode.nffg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitsTest {

  @Test
  void onesAreTheLowestBits() {
    for (int count = 0; count <= 128; count++) {
      BigInteger expected = BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE);

      assertThat(number(Bits.ones(count))).as("%d ones", count).isEqualTo(expected);
      assertThat(Bits.ones(count).count()).isEqualTo(count);
    }
  }

  @Test
  void aPrefixIsTheHighestBitsOfAField() {
    for (int width : new int[] {1, 8, 32, 48, 64, 65, 128}) {
      BigInteger all = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
      for (int length = 0; length <= width; length++) {
        BigInteger expected = all.shiftRight(width - length).shiftLeft(width - length);

        assertThat(number(Bits.prefix(length, width)))
            .as("%d of %d", length, width)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void moreThan128BitsAreAFaultOfTheCaller() {
    assertThatThrownBy(() -> Bits.ones(129)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bits.ones(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bits.prefix(33, 32)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void operationsAreThoseOfNumbers() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Bits one = new Bits(random.nextLong(), random.nextLong());
      Bits two = new Bits(random.nextLong(), random.nextLong());

      assertThat(number(one.and(two))).as("seed %d", seed).isEqualTo(number(one).and(number(two)));
      assertThat(number(one.or(two))).as("seed %d", seed).isEqualTo(number(one).or(number(two)));
      assertThat(number(one.without(two)))
          .as("seed %d", seed)
          .isEqualTo(number(one).andNot(number(two)));
      assertThat(one.count()).as("seed %d", seed).isEqualTo(number(one).bitCount());
      assertThat(one.contains(two)).as("seed %d", seed).isEqualTo(one.or(two).equals(one));
      assertThat(one.contains(one.and(two))).as("seed %d", seed).isTrue();
    }
    assertThat(Bits.of(5)).isEqualTo(new Bits(0, 5));
    assertThat(Bits.ZERO.contains(Bits.ZERO)).isTrue();
  }

  private static BigInteger number(Bits bits) {
    BigInteger high = new BigInteger(Long.toUnsignedString(bits.high()));
    return high.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(bits.low())));
  }
}
