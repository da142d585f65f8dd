package org.universalnode.bench.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PacketCountTest {
  @Test
  void theGeneratorsLineIsRead() {
    PacketCount count =
        PacketCount.parse(
            "sent 100 lost 1 duplicated 2 reordered 3 mixed 4 changes 5"
                + " arrived 90 seconds 2.0 busy 3.0\n");
    assertThat(count).isEqualTo(new PacketCount(100, 1, 2, 3, 4, 5, new Rate(45, 30)));
  }

  @Test
  void aLineThatLacksANumberIsRefused() {
    assertThatThrownBy(() -> PacketCount.parse("sent 100 lost 1"))
        .hasMessageContaining("does not tell duplicated");
  }
}
