package org.universalnode.catalog.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryTest {
  private static final Instant NOW = Instant.parse("2015-10-21T07:27:50Z");

  @Test
  void aServerSaysSecondsOrATime() {
    assertThat(Retry.after(saying("7"), NOW)).contains(Duration.ofSeconds(7));
    assertThat(Retry.after(saying("Wed, 21 Oct 2015 07:28:00 GMT"), NOW))
        .contains(Duration.ofSeconds(10));
    assertThat(Retry.after(saying("Wed, 21 Oct 2015 07:27:00 GMT"), NOW)).contains(Duration.ZERO);
    assertThat(Retry.after(saying("soon"), NOW)).isEmpty();
    assertThat(Retry.after(saying("-1"), NOW)).isEmpty();
    assertThat(Retry.after(saying("99999999999999999999"), NOW)).isEmpty();
  }

  @Test
  void thePausesAreFewAndShort() {
    assertThat(pause("", 0)).contains(Duration.ofSeconds(1));
    assertThat(pause("", 1)).contains(Duration.ofSeconds(2));
    assertThat(pause("", 2)).isEmpty();
    assertThat(pause("10", 0)).contains(Duration.ofSeconds(10));
    assertThat(pause("11", 0)).isEmpty();
  }

  private static Optional<Duration> pause(String said, int before) {
    return Retry.pause(saying(said), before, FetchLimits.DEFAULT);
  }

  private static HttpHeaders saying(String retryAfter) {
    return HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (_, _) -> true);
  }
}
