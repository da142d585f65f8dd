package org.universalnode.catalog.resolve;

import java.util.List;

/**
 * A graph that is to have implementations.
 *
 * @param free what its functions may take away, all together
 */
public record Question(List<Need> needs, List<Link> links, Amounts free, CoreLoads loads) {

  public Question {
    needs = List.copyOf(needs);
    links = List.copyOf(links);
  }
}
