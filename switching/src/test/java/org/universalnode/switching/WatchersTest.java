package org.universalnode.switching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchersTest {
  private final Watchers watchers = new Watchers();
  private final List<LsiId> told = new ArrayList<>();

  @Test
  void allWhoWatchAreTold() {
    List<LsiId> others = new ArrayList<>();
    watchers.add(told::add);
    watchers.add(others::add);
    watchers.disturb(List.of(LsiId.BASE, new LsiId(3)));
    assertThat(told).containsExactly(LsiId.BASE, new LsiId(3));
    assertThat(others).isEqualTo(told);
  }

  @Test
  void whoeverHasClosedIsNotToldAnyMore() {
    assertThat(watchers.isEmpty()).isTrue();
    try (Watch _ = watchers.add(told::add)) {
      assertThat(watchers.isEmpty()).isFalse();
    }
    watchers.disturb(LsiId.BASE);
    assertThat(told).isEmpty();
    assertThat(watchers.isEmpty()).isTrue();
  }

  @Test
  void oneThatFailsKeepsNobodyFromBeingTold() {
    watchers.add(
        _ -> {
          throw new IllegalStateException("of the test");
        });
    watchers.add(told::add);
    watchers.disturb(LsiId.BASE);
    assertThat(told).containsExactly(LsiId.BASE);
  }
}
