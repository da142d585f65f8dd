package org.universalnode.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class LinkKindTest {
  @Test
  void kindsAreKnownOrNotAndNoLinkIsMade() {
    try (RouteSocket socket = RouteSocket.open()) {
      int before = socket.links().size();
      assertThat(socket.knowsKind("veth")).isTrue();
      assertThat(socket.knowsKind("no-such-kind")).isFalse();
      assertThat(socket.links()).hasSize(before);
    }
  }
}
