package org.universalnode.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerTimingTest {

  @Test
  void everyMetricHasItsDuration() {
    ServerTiming timing =
        ServerTiming.parse("deploy;dur=7.13, handlers; desc=\"last\" ;DUR=5.97,cache");
    assertThat(timing.shown("deploy")).isEqualTo("7.1 ms");
    assertThat(timing.shown("handlers")).isEqualTo("6.0 ms");
    assertThat(timing.shown("cache")).isEmpty();
  }

  @Test
  void anAbsentOrStrangeHeaderSaysNothing() {
    assertThat(ServerTiming.parse("").durations()).isEmpty();
    assertThat(ServerTiming.parse(";;dur=,=,deploy;dur=fast").durations()).isEmpty();
  }
}
