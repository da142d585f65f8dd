package org.universalnode.bench.life;

import java.nio.file.Path;
import java.util.List;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.NodeProcess;

/** From the start of a node's process, which has no graph, until it can be talked to. */
public final class NodeStarts implements Subject {
  private static final Turns TURNS = new Turns(1, 9);
  private static final Figure READY =
      Figure.absolute("node, ready after its start", "ms", new Budget.AtMost(200));

  private final Path house;

  /**
   * Measures starts.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public NodeStarts(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    return List.of(READY);
  }

  @Override
  public List<Measurement> measure() {
    try (Lab lab = Lab.open(house)) {
      NodeProcess node = lab.node(lab.plugged());
      Samples times =
          TURNS
              .take(
                  List.of(
                      () -> {
                        node.kill();
                        return Times.millis(node::startAgain);
                      }))
              .getFirst();
      return List.of(new Measurement(READY, times));
    }
  }
}
