package org.universalnode.bench.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoreTimeTest {
  @Test
  void whatIsNotIdleNorWaitingNorStolenIsBusy() {
    CoreTime before = CoreTime.of(0, stat("100 0 50 1000 20 3 4 5 0 0"));
    CoreTime after = CoreTime.of(2_000_000_000L, stat("900 0 50 1100 30 3 4 15 0 0"));
    assertThat(after.secondsSince(before)).isEqualTo(2);
    assertThat(after.busySince(before)).isCloseTo(2 * 2 - 1.2, within(1e-9));
  }

  @Test
  void aWorkingCoreIsBusyOnThisMachine() {
    CoreTime before = CoreTime.now();
    long end = System.nanoTime() + 300_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    CoreTime after = CoreTime.now();
    double most = after.cores() * after.secondsSince(before);
    assertThat(after.busySince(before)).isBetween(0.0, most + 0.03);
    assertThat(after.busySince(before)).isGreaterThan(0.05);
  }

  private static List<String> stat(String all) {
    return List.of("cpu  " + all, "cpu0 1 2 3", "cpu1 1 2 3", "intr 7", "ctxt 9");
  }
}
