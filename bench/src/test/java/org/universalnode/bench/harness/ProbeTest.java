package org.universalnode.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void timeIsTheMeanOfOneRun() {
    AtomicInteger runs = new AtomicInteger();
    double took = Probe.milliseconds(4, () -> sleep(runs)).sample();
    assertThat(took).isBetween(9.0, 1_000.0);
    assertThat(runs).hasValue(4);
  }

  @Test
  void allocationIsTheMeanOfOneRun() {
    List<byte[]> kept = new ArrayList<>(8);
    Probe probe = Probe.allocatedBytes(8, () -> kept.add(new byte[1 << 20]));
    assertThat(probe.sample()).isBetween((double) (1 << 20), (1 << 20) + 10_000.0);
    assertThat(kept).hasSize(8);
  }

  private static void sleep(AtomicInteger runs) {
    long end = System.nanoTime() + 10_000_000;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    runs.incrementAndGet();
  }
}
