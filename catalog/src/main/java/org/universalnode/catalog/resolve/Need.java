package org.universalnode.catalog.resolve;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A function that is to have an implementation.
 *
 * @param function its id
 * @param candidates in the order of their names
 * @param running name of the candidate that runs already and would go on
 */
public record Need(String function, List<Candidate> candidates, Optional<String> running) {

  public Need {
    candidates = candidates.stream().sorted(Comparator.comparing(Candidate::name)).toList();
  }

  boolean isReplacedBy(Candidate candidate) {
    return running.isPresent() && !running.get().equals(candidate.name());
  }
}
