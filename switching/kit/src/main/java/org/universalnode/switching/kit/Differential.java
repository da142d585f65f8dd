package org.universalnode.switching.kit;

import java.util.List;
import java.util.Optional;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchFeatures;
import org.universalnode.switching.reference.Departure;
import org.universalnode.switching.reference.ReferenceSwitch;
import org.universalnode.switching.reference.Walk;

/**
 * Compares ways to run a switch with the reference. All ways have the same layout, with the same
 * numbers of ports.
 */
public final class Differential {
  private final Layout layout;
  private final RandomRounds rounds;
  private final List<Way> ways;
  private final Coverage coverage = new Coverage();

  public Differential(Layout layout, SwitchFeatures features, List<Way> ways) {
    this.layout = layout;
    this.rounds = new RandomRounds(layout, features);
    this.ways = List.copyOf(ways);
  }

  /** Runs rounds until so many cases were run in all ways, or one in which a way disagrees. */
  public Optional<Disagreement> run(long seed, long cases) {
    for (long round = 0; coverage.cases() < cases; round++) {
      Optional<Disagreement> found = run(rounds.round(seed + 1000 * round));
      if (found.isPresent()) {
        return Optional.of(new Minimiser(this::run).minimise(found.get()));
      }
    }
    return Optional.empty();
  }

  /** What the cases were like. */
  public Coverage coverage() {
    return coverage;
  }

  /** False if a switch has not some value of a field, and says so. */
  private boolean begin(Round round) {
    try {
      ways.forEach(way -> way.begin(round.tables()));
      return true;
    } catch (ProblemException e) {
      if (e.first().code() == Problem.Code.UNSUPPORTED) {
        return false;
      }
      throw e;
    }
  }

  private Optional<Disagreement> run(Round round) {
    if (!begin(round)) {
      return Optional.empty();
    }
    ReferenceSwitch reference = layout.reference(round.tables());
    for (int i = 0; i < round.arrivals().size(); i++) {
      Departure<LsiPort> in = round.arrivals().get(i);
      List<Way> able = ways.stream().filter(way -> way.canRun(in.frame())).toList();
      if (able.size() < ways.size() && layout.learns()) {
        continue; // all ways have to learn the same
      }
      Walk<LsiPort> expected = reference.run(in.port(), in.frame());
      coverage.add(expected, able.size() == ways.size());
      for (Way way : able) {
        Optional<String> said = way.disagreement(expected);
        if (said.isPresent()) {
          Round known = new Round(round.seed(), round.tables(), round.arrivals().subList(0, i + 1));
          return Optional.of(new Disagreement(known, expected, way.name(), said.get()));
        }
      }
    }
    return Optional.empty();
  }
}
