package org.universalnode.catalog.fetch;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * When a server that is busy is asked once more: it says when ({@code Retry-After}, RFC 9110,
 * section 10.2.3), or a second later and then two.
 */
final class Retry {
  /** 408 Request Timeout, 429 Too Many Requests (RFC 6585), 503 Service Unavailable. */
  private static final Set<Integer> BUSY = Set.of(408, 429, 503);

  private static final int MOST = 2;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private Retry() {}

  static boolean isBusy(int status) {
    return BUSY.contains(status);
  }

  /**
   * How long to wait; empty if it is not worth it.
   *
   * @param before how often it was asked once more already
   */
  static Optional<Duration> pause(HttpHeaders answer, int before, FetchLimits limits) {
    Duration longest = limits.silence().compareTo(LONGEST) < 0 ? limits.silence() : LONGEST;
    return Optional.of(after(answer, Instant.now()).orElse(FIRST.multipliedBy(before + 1L)))
        .filter(pause -> before < MOST && pause.compareTo(longest) <= 0);
  }

  /** What the server says; a time that is over means now. */
  static Optional<Duration> after(HttpHeaders answer, Instant now) {
    return answer.firstValue("Retry-After").map(String::strip).flatMap(text -> after(text, now));
  }

  private static Optional<Duration> after(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(now, then);
      return Optional.of(left.isNegative() ? Duration.ZERO : left);
    } catch (DateTimeParseException e) {
      return Optional.empty(); // what nobody can read says nothing
    }
  }
}
