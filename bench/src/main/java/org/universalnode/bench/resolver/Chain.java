package org.universalnode.bench.resolver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.universalnode.catalog.resolve.Amounts;
import org.universalnode.catalog.resolve.Candidate;
import org.universalnode.catalog.resolve.CoreLoads;
import org.universalnode.catalog.resolve.Figures;
import org.universalnode.catalog.resolve.Link;
import org.universalnode.catalog.resolve.Link.Port;
import org.universalnode.catalog.resolve.Need;
import org.universalnode.catalog.resolve.Question;
import org.universalnode.catalog.resolve.Wiring;

/**
 * Chains of functions, each of which has so many implementations: what takes less memory costs more
 * in other ways, and there is memory for a part of them.
 */
record Chain(int functions, int implementations, int megabytesEach) {
  private static final int MOST_MEGABYTES = 256;
  private static final List<Wiring> WIRINGS = List.of(Wiring.values());
  private static final CoreLoads LOADS = new CoreLoads(Map.of(0, 3, 1, 2, 2, 5, 3, 0));

  Question question(Random random) {
    List<Need> needs = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < functions; i++) {
      List<Candidate> candidates = new ArrayList<>();
      for (int j = 0; j < implementations; j++) {
        candidates.add(candidate("i" + j, random));
      }
      needs.add(new Need("f" + i, candidates, Optional.empty()));
      Optional<Port> next =
          i + 1 < functions ? Optional.of(new Port("f" + (i + 1), "in")) : Optional.empty();
      links.add(new Link(new Port("f" + i, "out"), next));
    }
    Amounts free = new Amounts((long) functions * megabytesEach, 0, 1 << 20);
    return new Question(needs, links, free, LOADS);
  }

  private static Candidate candidate(String name, Random random) {
    int memory = 1 + random.nextInt(MOST_MEGABYTES);
    Figures figures =
        new Figures(random.nextInt(6_000), (MOST_MEGABYTES - memory) / 2 + random.nextInt(60), 0);
    return new Candidate(
        name,
        new Amounts(memory, 0, random.nextInt(100)),
        1 + random.nextInt(2),
        figures,
        Map.of("in", wiring(random), "out", wiring(random)),
        Optional.empty());
  }

  private static Wiring wiring(Random random) {
    return WIRINGS.get(random.nextInt(WIRINGS.size()));
  }
}
