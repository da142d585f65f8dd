package org.universalnode.node;

import java.time.Duration;
import java.util.List;
import org.universalnode.catalog.source.SourceAddress;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * Where templates come from besides the node's own folder, which comes first.
 *
 * @param sources the better ones first
 * @param refresh pause between two times that other machines are asked for all they have
 */
public record CatalogOptions(List<SourceAddress> sources, Duration refresh) {
  /** The longest list. */
  public static final int MOST_SOURCES = 8;

  /** Seconds of a pause that nobody chose. */
  public static final int REFRESH_SECONDS = 300;

  /** The node's own folder alone. */
  static final CatalogOptions NONE =
      new CatalogOptions(List.of(), Duration.ofSeconds(REFRESH_SECONDS));

  public CatalogOptions {
    sources = List.copyOf(sources);
    if (sources.size() > MOST_SOURCES) {
      throw Problem.of(Code.LIMIT, sources.size() + " sources of templates are too many")
          .next("name at most " + MOST_SOURCES + " with --catalog-source")
          .asException();
    }
  }
}
