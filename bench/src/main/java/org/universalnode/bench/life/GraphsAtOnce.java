package org.universalnode.bench.life;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;

/** 100 graphs of a bridge function each are asked for at the same time, then removed so. */
public final class GraphsAtOnce implements Subject {
  private static final int ROUNDS = Samples.FEWEST;
  private static final int GRAPHS = 100;

  private static final Figure CREATED = Figure.absolute("100 graphs at once, created", "ms");
  private static final Figure DELETED = Figure.absolute("100 graphs at once, deleted", "ms");
  private static final Figure DEFERRED =
      Figure.count("100 graphs at once, asked to come again", "", new Budget.None());
  private static final Figure REFUSED =
      Figure.count("100 graphs at once, refused", "", new Budget.AtMost(0));

  private final Path house;

  /**
   * Measures many requests at once.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public GraphsAtOnce(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    return List.of(CREATED, DELETED, DEFERRED, REFUSED);
  }

  @Override
  public List<Measurement> measure() {
    try (Lab lab = Lab.open(house)) {
      Plugged plugged = lab.plugged();
      NodeProcess node = lab.node(plugged);
      Crowd crowd = new Crowd(plugged, node, GRAPHS);
      crowd.create(); // warms up
      crowd.delete();
      List<Round> rounds = Stream.generate(() -> round(crowd)).limit(ROUNDS).toList();
      return List.of(
          new Measurement(CREATED, Samples.of(rounds, round -> round.created.milliseconds())),
          new Measurement(DELETED, Samples.of(rounds, round -> round.deleted.milliseconds())),
          new Measurement(DEFERRED, Samples.of(rounds, Round::deferred)),
          new Measurement(REFUSED, Samples.of(rounds, Round::refused)));
    }
  }

  private static Round round(Crowd crowd) {
    return new Round(crowd.create(), crowd.delete());
  }

  private record Round(Crowd.Seen created, Crowd.Seen deleted) {

    int deferred() {
      return created.deferred() + deleted.deferred();
    }

    int refused() {
      return created.refused() + deleted.refused();
    }
  }
}
