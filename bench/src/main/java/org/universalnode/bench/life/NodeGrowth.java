package org.universalnode.bench.life;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.lab.Footprint;
import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;

/**
 * What the node's process holds and does while nobody asks for anything, without graphs and with
 * 100 functions; and how it grows while a graph is created and deleted again and again. Growth
 * counts from a tenth of the cycles on: until then, code is compiled and caches fill.
 */
public final class NodeGrowth implements Subject {
  private static final int GRAPHS = 100;
  private static final int WARM_UP_SHARE = 10;
  private static final double MEGA = 1e6;
  private static final double KILO = 1e3;

  /** After it a node that was busy has nothing left to do. */
  private static final Duration CALM = Duration.ofSeconds(5);

  private static final Duration IDLE = Duration.ofSeconds(20);

  private static final Figure IDLE_MEMORY =
      Figure.absolute("node, memory, no graph", "MB", new Budget.AtMost(44));
  private static final Figure IDLE_CPU =
      Figure.absolute("node, core time, no graph", "%", new Budget.AtMost(0.2));
  private static final Figure MEMORY = Figure.absolute("node, memory, 100 functions", "MB");
  private static final Figure EACH =
      Figure.absolute("node, memory for each of 100 functions", "kB", new Budget.AtMost(150));
  private static final Figure CPU = Figure.absolute("node, core time, 100 functions", "%");
  private static final Figure CYCLED = Figure.absolute("node, memory after the cycles", "MB");
  private static final Figure GROWTH =
      Figure.absolute("node, memory grown by 1,000 cycles", "kB", new Budget.AtMost(0));
  private static final Figure DESCRIPTORS =
      Figure.count("node, descriptors more after the cycles", "", new Budget.AtMost(0));
  private static final Figure THREADS =
      Figure.count("node, threads more after the cycles", "", new Budget.AtMost(0));
  private static final Figure CYCLES = Figure.count("node, cycles", "", new Budget.None());

  private final Path house;
  private final int cycles;

  /**
   * Measures a node.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   * @param cycles of creation and deletion
   */
  public NodeGrowth(Path house, int cycles) {
    this.house = house;
    this.cycles = cycles;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        IDLE_MEMORY, IDLE_CPU, MEMORY, EACH, CPU, CYCLED, GROWTH, DESCRIPTORS, THREADS, CYCLES);
  }

  @Override
  public List<Measurement> measure() {
    try (Lab lab = Lab.open(house)) {
      Plugged plugged = lab.plugged();
      NodeProcess node = lab.node(plugged);
      List<Measurement> all = new ArrayList<>();
      double idle = resident(node);
      all.add(once(IDLE_MEMORY, idle / MEGA));
      all.add(once(IDLE_CPU, work(node)));
      Crowd crowd = new Crowd(plugged, node, GRAPHS);
      crowd.create();
      double busy = resident(node);
      all.add(once(MEMORY, busy / MEGA));
      all.add(once(EACH, (busy - idle) / KILO / GRAPHS));
      all.add(once(CPU, work(node)));
      crowd.delete();
      all.addAll(cycled(plugged, node));
      return all;
    }
  }

  private List<Measurement> cycled(Plugged plugged, NodeProcess node) {
    String document = GraphDocument.chain(plugged).toString();
    int warmUps = cycles / WARM_UP_SHARE;
    cycle(node, document, warmUps);
    Footprint before = calm(node);
    cycle(node, document, cycles - warmUps);
    Footprint after = calm(node);
    double grown = (double) after.residentBytes() - before.residentBytes();
    return List.of(
        once(CYCLED, after.residentBytes() / MEGA),
        once(GROWTH, grown / KILO / (cycles - warmUps) * KILO),
        once(DESCRIPTORS, (double) (after.descriptors() - before.descriptors())),
        once(THREADS, (double) (after.threads() - before.threads())),
        once(CYCLES, cycles));
  }

  private static void cycle(NodeProcess node, String document, int times) {
    for (int i = 0; i < times; i++) {
      Interrupted.check();
      node.put("cycle", document);
      node.delete("cycle");
    }
  }

  /** In bytes. */
  private static double resident(NodeProcess node) {
    return calm(node).residentBytes();
  }

  private static Footprint calm(NodeProcess node) {
    pause(CALM);
    return node.footprint();
  }

  /** Per cent of one core. */
  private static double work(NodeProcess node) {
    Duration before = node.busy();
    pause(IDLE);
    return 100.0 * node.busy().minus(before).toNanos() / IDLE.toNanos();
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
    Interrupted.check();
  }

  private static Measurement once(Figure figure, double value) {
    return new Measurement(figure, Samples.once(value));
  }
}
