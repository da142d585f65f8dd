package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OffloadsTest {
  @Test
  void theLoopbackInterfaceTellsItsFeatures() {
    try (Offloads offloads = Offloads.open()) {
      assertThat(offloads.active("lo"))
          .contains("rx-checksum", "tx-generic-segmentation")
          .doesNotContain("rx-gro-hw", "")
          .isSorted();
    }
  }

  @Test
  void anInterfaceThatIsNotThereIsAProblemOfTheKernel() {
    try (Offloads offloads = Offloads.open()) {
      assertThatThrownBy(() -> offloads.active("no-such-0")).isInstanceOf(KernelException.class);
    }
  }
}
