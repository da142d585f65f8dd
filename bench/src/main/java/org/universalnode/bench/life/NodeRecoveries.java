package org.universalnode.bench.life;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;

/**
 * A node with 100 functions is killed and started again; then the same as if the machine had lost
 * its power. From the start of the process until every graph is active.
 */
public final class NodeRecoveries implements Subject {
  private static final int ROUNDS = Samples.FEWEST;
  private static final int GRAPHS = 100;
  private static final String OF = "100 functions, ";

  private static final Figure KILLED =
      Figure.absolute(OF + "kill -9 of the node to active", "ms", new Budget.AtMost(300));
  private static final Figure RESTARTED =
      Figure.count(OF + "kill -9 of the node, not those of before", "", new Budget.AtMost(0));
  private static final Figure BOOTED = Figure.absolute(OF + "reboot to active", "ms");

  private final Path house;

  /**
   * Measures recoveries.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public NodeRecoveries(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    return List.of(KILLED, RESTARTED, BOOTED);
  }

  @Override
  public List<Measurement> measure() {
    try (Lab lab = Lab.open(house)) {
      Plugged plugged = lab.plugged();
      NodeProcess node = lab.node(plugged);
      Crowd crowd = new Crowd(plugged, node, GRAPHS);
      crowd.create();
      Life life = new Life(node, crowd);
      List<Seen> killed = life.rounds(NodeProcess::kill);
      List<Seen> booted = life.rounds(NodeProcess::losePower);
      return List.of(
          new Measurement(KILLED, Samples.of(killed, Seen::milliseconds)),
          new Measurement(RESTARTED, Samples.of(killed, Seen::restarted)),
          new Measurement(BOOTED, Samples.of(booted, Seen::milliseconds)));
    }
  }

  /**
   * What came of an end of the node.
   *
   * @param restarted functions that are not those of before
   */
  private record Seen(double milliseconds, int restarted) {}

  private record Life(NodeProcess node, Crowd crowd) {

    List<Seen> rounds(Consumer<NodeProcess> end) {
      return Stream.generate(() -> round(end)).limit(ROUNDS).toList();
    }

    private Seen round(Consumer<NodeProcess> end) {
      List<RunningFunction> before = functions();
      end.accept(node);
      long begin = System.nanoTime();
      node.startAgain();
      crowd.names().forEach(node::awaitActive);
      double took = Times.since(begin);
      List<RunningFunction> after = functions();
      int same = (int) before.stream().filter(after::contains).count();
      return new Seen(took, before.size() - same);
    }

    private List<RunningFunction> functions() {
      return crowd.names().stream()
          .flatMap(graph -> RunningFunction.of(node.status(graph)).stream())
          .toList();
    }
  }
}
