package org.universalnode.compute.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.universalnode.problem.ProblemException;

class KernelSettingsTest {
  @Test
  void everyFunctionForwards() {
    assertThat(KernelSettings.of(Engine.json("{}"))).isEqualTo(Map.of("net.ipv4.ip_forward", "1"));
    assertThat(KernelSettings.of(labelled(""))).hasSize(1);
  }

  @Test
  void anImageAsksForMore() {
    assertThat(KernelSettings.of(labelled("net.ipv4.conf.all.rp_filter=0 net.ipv4.ip_forward=0 ")))
        .isEqualTo(Map.of("net.ipv4.conf.all.rp_filter", "0", "net.ipv4.ip_forward", "0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel.panic=1",
        "net.core.somaxconn=1",
        "net.ipv4.ip_forward",
        "net.ipv4.a=b",
        "net.ipv4/../../kernel/panic=1",
        "net.ipv4.a=1,net.ipv4.b=2"
      })
  void whatIsOfTheWholeMachineOrNotUnderstoodIsRefused(String setting) {
    assertThatThrownBy(() -> KernelSettings.of(labelled(setting)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(setting);
  }

  @Test
  void theirNumberHasALimit() {
    assertThatThrownBy(() -> KernelSettings.of(labelled("net.ipv4.a=1 ".repeat(65))))
        .hasMessageContaining("65 settings");
  }

  private static Answer labelled(String settings) {
    return Engine.json(
        """
        {"Config":{"Labels":{"org.universalnode.sysctls":"%s"}}}"""
            .formatted(settings));
  }
}
