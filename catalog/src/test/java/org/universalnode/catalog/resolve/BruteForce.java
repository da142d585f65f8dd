package org.universalnode.catalog.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** The question tried out: every assignment there is, priced term by term. */
record BruteForce(Question question) {

  /** Every assignment, whether it can be or not; the same map each time. */
  void each(Consumer<Map<String, Candidate>> look) {
    each(0, new HashMap<>(), look);
  }

  private void each(int i, Map<String, Candidate> chosen, Consumer<Map<String, Candidate>> look) {
    if (i == question.needs().size()) {
      look.accept(chosen);
      return;
    }
    Need need = question.needs().get(i);
    for (Candidate candidate : need.candidates()) {
      chosen.put(need.function(), candidate);
      each(i + 1, chosen, look);
    }
  }

  List<Shortage> lack(Map<String, Candidate> chosen) {
    Amounts taken = Amounts.NONE;
    int cores = 0;
    Set<String> had = new HashSet<>();
    for (Candidate candidate : chosen.values()) {
      if (candidate.shared().isEmpty() || had.add(candidate.shared().get())) {
        taken = taken.plus(candidate.demand());
      }
      cores = Math.max(cores, candidate.cores());
    }
    List<Shortage> lack = new ArrayList<>();
    for (Resource resource : Resource.TAKEN) {
      long free = question.free().of(resource);
      if (taken.of(resource) > free) {
        lack.add(new Shortage(resource, taken.of(resource), free));
      }
    }
    if (cores > question.loads().count()) {
      lack.add(new Shortage(Resource.CORES, cores, question.loads().count()));
    }
    return lack;
  }

  long cost(Map<String, Candidate> chosen) {
    long cost = 0;
    int cores = 1;
    for (Need need : question.needs()) {
      Candidate candidate = Objects.requireNonNull(chosen.get(need.function()));
      cost += CostModel.of(need, candidate).total();
      cores = Math.max(cores, candidate.cores());
    }
    for (Link link : question.links()) {
      Wiring one = wiring(chosen, link.one());
      cost +=
          link.other()
              .map(to -> CostModel.path(one, wiring(chosen, to)))
              .orElseGet(() -> CostModel.path(one));
    }
    return cost + CostModel.cores(question.loads(), cores);
  }

  private static Wiring wiring(Map<String, Candidate> chosen, Link.Port port) {
    return Objects.requireNonNull(chosen.get(port.function())).wiring(port.label());
  }
}
