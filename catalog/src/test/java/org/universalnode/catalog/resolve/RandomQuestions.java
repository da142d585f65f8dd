package org.universalnode.catalog.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.universalnode.catalog.resolve.Link.Port;

/** Catalogs, graphs and machines of all kinds; resources are as often scarce as plenty. */
final class RandomQuestions {
  private static final List<String> LABELS = List.of("in", "out");

  private static final List<Wiring> WIRINGS = List.of(Wiring.values());

  private final Random random;

  RandomQuestions(Random random) {
    this.random = random;
  }

  Question question(int functions, int candidates) {
    List<Need> needs = new ArrayList<>();
    for (int i = 0; i < functions; i++) {
      needs.add(need("f" + i, candidates));
    }
    return new Question(needs, links(functions), free(functions), loads());
  }

  CoreLoads loads() {
    Map<Integer, Integer> loads = new HashMap<>();
    for (int core = random.nextInt(2); loads.size() < 1 + random.nextInt(4); core++) {
      loads.put(core, random.nextInt(4));
    }
    return new CoreLoads(loads);
  }

  private Need need(String function, int most) {
    List<Candidate> candidates = new ArrayList<>();
    int count = 1 + random.nextInt(most);
    for (int i = 0; i < count; i++) {
      candidates.add(candidate("c" + i));
    }
    Optional<String> running =
        random.nextInt(3) == 0 ? Optional.of("c" + random.nextInt(most)) : Optional.empty();
    return new Need(function, candidates, running);
  }

  private Candidate candidate(String name) {
    boolean shared = random.nextInt(6) == 0;
    Amounts demand =
        shared ? new Amounts(7, 0, 9) : new Amounts(some(64), random.nextInt(3) * 16L, some(100));
    Map<String, Wiring> wiring = new HashMap<>();
    LABELS.forEach(label -> wiring.put(label, WIRINGS.get(random.nextInt(WIRINGS.size()))));
    return new Candidate(
        name,
        demand,
        random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1,
        new Figures(some(5_000), some(40), some(50)),
        wiring,
        shared ? Optional.of("s") : Optional.empty());
  }

  /** Often a chain, sometimes with links across it and with ends at the switch. */
  private List<Link> links(int functions) {
    Set<Link> links = new HashSet<>();
    for (int i = 1; i < functions; i++) {
      if (random.nextInt(5) > 0) {
        links.add(new Link(port(i - 1), Optional.of(port(i))));
      }
      if (random.nextInt(4) == 0) {
        links.add(new Link(port(random.nextInt(functions)), Optional.of(port(i))));
      }
    }
    links.add(new Link(port(random.nextInt(functions)), Optional.empty()));
    return List.copyOf(links);
  }

  private Port port(int function) {
    return new Port("f" + function, LABELS.get(random.nextInt(LABELS.size())));
  }

  private Amounts free(int functions) {
    int share = 1 + random.nextInt(60);
    return new Amounts((long) functions * share, some(functions * 24), functions * 60L);
  }

  /** Small numbers are as likely as large ones. */
  private long some(int most) {
    return random.nextInt(1 + random.nextInt(most));
  }
}
