package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorNumbersTest {
  @Test
  void aListHasNumbersAndRanges() {
    assertThat(Processor.numbers("0-2,7,10-11\n")).containsExactly(0, 1, 2, 7, 10, 11);
    assertThat(Processor.numbers("3")).containsExactly(3);
    assertThat(Processor.numbers("")).isEmpty();
  }

  @Test
  void thisProcessMayUseAtLeastOne() {
    assertThat(Processor.usable()).isNotEmpty();
  }
}
