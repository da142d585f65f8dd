package org.universalnode.node.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.universalnode.switching.LsiId;

class LsiNumbersTest {

  @Test
  void theLowestFreeNumberIsGivenAndUsedAgain() {
    LsiNumbers numbers = new LsiNumbers();
    numbers.remember(2);
    assertThat(numbers.take()).isEqualTo(new LsiId(1));
    assertThat(numbers.take()).isEqualTo(new LsiId(3));
    numbers.release(new LsiId(1));
    assertThat(numbers.take()).isEqualTo(new LsiId(1));
  }

  @Test
  void lookingAtTheFreeNumberTakesNone() {
    LsiNumbers numbers = new LsiNumbers();
    assertThat(numbers.free()).isEqualTo(numbers.free()).isEqualTo(numbers.take());
  }

  @Test
  void aNodeThatIsFullSaysSo() {
    LsiNumbers numbers = new LsiNumbers();
    for (int number = 1; number <= 4096; number++) {
      numbers.remember(number);
    }
    assertThatThrownBy(numbers::take).hasMessageContaining("4096");
    assertThatThrownBy(numbers::free).hasMessageContaining("4096");
    numbers.release(new LsiId(7));
    assertThat(numbers.take()).isEqualTo(new LsiId(7));
  }
}
