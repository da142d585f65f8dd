package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class TapTest {
  private final String name = "utt" + ProcessHandle.current().pid();

  @Test
  void aTapStaysWithoutAHolderAndCarriesNothingUntilItHasOne() {
    try (RouteSocket route = RouteSocket.open()) {
      Tap.create(name);
      Link tap = route.link(name).orElseThrow();
      assertThat(tap.kind()).isEqualTo("tun");
      assertThat(tap.up()).isFalse();
      route.up(tap);
      assertThat(route.isRunning(route.link(name).orElseThrow())).isFalse();
      route.deleteLink(name);
      assertThat(route.link(name)).isEmpty();
    }
  }

  @Test
  void aNameThatAnotherLinkHasIsRefused() {
    assertThatThrownBy(() -> Tap.create("lo")).isInstanceOf(KernelException.class);
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> Tap.create("a-name-of-16-oct"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
