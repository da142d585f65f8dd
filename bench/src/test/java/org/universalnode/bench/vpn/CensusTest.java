package org.universalnode.bench.vpn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CensusTest {
  private final ProcessHandle self = ProcessHandle.current();

  @Test
  void whatCameSinceIsTold() {
    Census others = Census.now().without(Census.of(List.of(self)));
    assertThat(Census.now().without(others).pids()).contains(self.pid());
  }

  @Test
  void aProcessHasMemoryAndTime() {
    Census census = Census.of(List.of(self));
    assertThat(census.megabytes()).isGreaterThan(10);
    assertThat(census.busySeconds()).isPositive();
  }

  @Test
  void whatHasEndedHasNeither() {
    Census ended = new Census(Set.of((long) Integer.MAX_VALUE));
    assertThat(ended.megabytes()).isZero();
    assertThat(ended.busySeconds()).isZero();
  }
}
