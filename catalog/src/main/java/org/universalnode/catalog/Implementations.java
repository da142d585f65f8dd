package org.universalnode.catalog;

import java.util.List;
import org.universalnode.problem.Problem;

/**
 * What a catalog has for a function.
 *
 * @param good templates of which nothing is missing, at least one, in the order of their names
 * @param refused others
 */
public record Implementations(List<FunctionTemplate> good, List<Refused> refused) {

  /** A template that would do if nothing were missing. */
  public record Refused(FunctionTemplate template, List<Problem> problems) {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  public Implementations {
    good = List.copyOf(good);
    refused = List.copyOf(refused);
  }
}
