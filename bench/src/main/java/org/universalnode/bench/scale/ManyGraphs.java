package org.universalnode.bench.scale;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Machine;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;

/**
 * 500 graphs of two bridge functions in series, each for a VLAN of its own between two interfaces,
 * deployed one after the other and removed, the last one first.
 */
public final class ManyGraphs implements Subject {
  private static final int GRAPHS = 500;
  private static final int SOME = 100;
  private static final int LOOKED_AT = 10;
  private static final int WARM_UPS = 20;
  private static final Budget FLAT = new Budget.AtMost(1.5);

  private static final Figure DEPLOY_FIRST = time("deploy a graph, alone");
  private static final Figure DEPLOY_SOME = time("deploy a graph, the 100th");
  private static final Figure DEPLOY_LAST = time("deploy a graph, the 500th");
  private static final Figure DEPLOY_GROWTH = Figure.ratio("deploy a graph, 500th of alone", FLAT);
  private static final Figure DEPLOY_ALL =
      Figure.absolute("deploy 100 graphs", "ms", new Budget.AtMost(3_000));
  private static final Figure REMOVE_FIRST = time("remove a graph, alone");
  private static final Figure REMOVE_SOME = time("remove a graph, the 100th");
  private static final Figure REMOVE_LAST = time("remove a graph, the 500th");
  private static final Figure REMOVE_GROWTH = Figure.ratio("remove a graph, 500th of alone", FLAT);
  private static final Figure NODE_MEMORY = Figure.absolute("500 graphs, node's memory each", "kB");
  private static final Figure MEMORY = Figure.absolute("500 graphs, machine's memory each", "kB");

  private final Path house;

  /**
   * Measures many graphs.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public ManyGraphs(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    List<Figure> all =
        new ArrayList<>(
            List.of(
                DEPLOY_FIRST,
                DEPLOY_SOME,
                DEPLOY_LAST,
                DEPLOY_GROWTH,
                DEPLOY_ALL,
                REMOVE_FIRST,
                REMOVE_SOME,
                REMOVE_LAST,
                REMOVE_GROWTH,
                NODE_MEMORY,
                MEMORY));
    Traces.NONE.kinds().forEach((kind, _) -> all.add(left(kind)));
    return all;
  }

  @Override
  public List<Measurement> measure() {
    try (Lab lab = Lab.open(house)) {
      return new OneNode(lab).measure();
    }
  }

  /** The graphs of one node. */
  private static final class OneNode {
    private final Plugged plugged;
    private final NodeProcess node;
    private final List<Measurement> measured = new ArrayList<>();
    private final List<Double> aloneDeployed = new ArrayList<>();
    private final List<Double> aloneRemoved = new ArrayList<>();
    private final List<Double> deployed = new ArrayList<>();
    private final List<Double> removed = new ArrayList<>();

    OneNode(Lab lab) {
      plugged = lab.plugged();
      node = lab.node(plugged);
    }

    List<Measurement> measure() {
      for (int i = 0; i < WARM_UPS + LOOKED_AT; i++) {
        aloneDeployed.add(millis(() -> deploy(0)));
        aloneRemoved.add(millis(() -> node.delete("g0")));
      }
      deployAndWeigh();
      for (int i = GRAPHS - 1; i >= 0; i--) {
        String graph = "g" + i;
        removed.add(0, millis(() -> node.delete(graph)));
      }
      node.close();
      times();
      Traces.of(node.name())
          .kinds()
          .forEach((kind, count) -> measured.add(new Measurement(left(kind), count)));
      return measured;
    }

    private void deployAndWeigh() {
      long nodeBefore = node.footprint().residentBytes();
      long freeBefore = Machine.availableBytes();
      for (int i = 0; i < GRAPHS; i++) {
        int number = i;
        deployed.add(millis(() -> deploy(number)));
      }
      long byNode = node.footprint().residentBytes() - nodeBefore;
      long byAll = freeBefore - Machine.availableBytes();
      measured.add(new Measurement(NODE_MEMORY, Samples.once(byNode / 1e3 / GRAPHS)));
      measured.add(new Measurement(MEMORY, Samples.once(byAll / 1e3 / GRAPHS)));
    }

    private void times() {
      Samples alone = upTo(aloneDeployed, aloneDeployed.size());
      Samples last = upTo(deployed, GRAPHS);
      measured.add(new Measurement(DEPLOY_FIRST, alone));
      measured.add(new Measurement(DEPLOY_SOME, upTo(deployed, SOME)));
      measured.add(new Measurement(DEPLOY_LAST, last));
      measured.add(new Measurement(DEPLOY_GROWTH, last.over(alone)));
      double hundred = deployed.stream().limit(SOME).mapToDouble(Double::doubleValue).sum();
      measured.add(new Measurement(DEPLOY_ALL, Samples.once(hundred)));
      Samples aloneGone = upTo(aloneRemoved, aloneRemoved.size());
      Samples lastGone = upTo(removed, GRAPHS);
      measured.add(new Measurement(REMOVE_FIRST, aloneGone));
      measured.add(new Measurement(REMOVE_SOME, upTo(removed, SOME)));
      measured.add(new Measurement(REMOVE_LAST, lastGone));
      measured.add(new Measurement(REMOVE_GROWTH, lastGone.over(aloneGone)));
    }

    private void deploy(int number) {
      int vlan = number + 1;
      String graph =
          new GraphDocument()
              .vlanAt("lan", plugged.lan(), vlan)
              .vlanAt("wan", plugged.wan(), vlan)
              .series(List.of("first", "second"))
              .toString();
      node.put("g" + number, graph);
    }

    private static double millis(Runnable work) {
      long begin = System.nanoTime();
      work.run();
      return (System.nanoTime() - begin) / 1e6;
    }

    /** The last ten up to a number of graphs. */
    private static Samples upTo(List<Double> times, int graphs) {
      return new Samples(times.subList(graphs - LOOKED_AT, graphs));
    }
  }

  /** Of a kind when all graphs are deleted and the node has ended. */
  private static Figure left(String kind) {
    return Figure.count("500 graphs, " + kind + " left", "", new Budget.AtMost(0));
  }

  private static Figure time(String name) {
    return Figure.absolute(name, "ms");
  }
}
