package org.universalnode.catalog.fetch;

import java.time.Duration;

/**
 * How long another machine may take.
 *
 * @param connect to answer a connection
 * @param silence without a byte
 * @param total for one file, redirects included
 * @param redirects most of them for one file
 */
public record FetchLimits(Duration connect, Duration silence, Duration total, int redirects) {
  /** 64 MiB at 2 Mbit/s take 270 s. */
  public static final FetchLimits DEFAULT =
      new FetchLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMinutes(5), 3);
}
