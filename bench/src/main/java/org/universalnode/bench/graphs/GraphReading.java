package org.universalnode.bench.graphs;

import java.util.ArrayList;
import java.util.List;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Probe;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.nffg.GraphReader;
import org.universalnode.nffg.GraphWriter;
import org.universalnode.nffg.ServiceGraph;

/**
 * Reading and writing of the largest graph that is allowed, and of one of a tenth of its size: time
 * and memory have to grow with the size and not faster. Times are those of reader and writer alone,
 * without collections of garbage, whose number depends on the heap; allocation is measured apart.
 */
public final class GraphReading implements Subject {
  private static final int TIMES_LARGER = 10;
  private static final int RULES = 10_000;
  private static final long SEED = 1;
  private static final Budget TIME_GROWTH = new Budget.AtMost(13);
  private static final Budget ALLOCATION_GROWTH = new Budget.AtMost(11);

  private final Turns turns;
  private final int rules;

  public GraphReading() {
    this(new Turns(15, 15), RULES);
  }

  /** With a smaller graph it is quicker, and the figures keep their names. */
  GraphReading(Turns turns, int rules) {
    this.turns = turns;
    this.rules = rules;
  }

  @Override
  public List<Figure> figures() {
    List<Figure> all = new ArrayList<>();
    for (String work : List.of("read", "write")) {
      all.add(Figure.absolute("graph " + work + ", 10,000 rules", "ms"));
      all.add(Figure.absolute("graph " + work + ", 1,000 rules", "ms"));
      all.add(Figure.ratio("graph " + work + ", time, 10x larger", TIME_GROWTH));
      all.add(Figure.absolute("graph " + work + ", allocation, 10,000 rules", "B"));
      all.add(Figure.absolute("graph " + work + ", allocation, 1,000 rules", "B"));
      all.add(Figure.ratio("graph " + work + ", allocation, 10x larger", ALLOCATION_GROWTH));
    }
    return all;
  }

  @Override
  public List<Measurement> measure() {
    Work large = work(rules);
    Work small = work(rules / TIMES_LARGER);
    // The small graph is done ten times a sample, so that both are measured over the same amount.
    List<Samples> taken =
        turns.take(
            List.of(
                Probe.milliseconds(1, large::read).afterCollection(),
                Probe.milliseconds(TIMES_LARGER, small::read).afterCollection(),
                Probe.allocatedBytes(1, large::read),
                Probe.allocatedBytes(TIMES_LARGER, small::read),
                Probe.milliseconds(1, large::write).afterCollection(),
                Probe.milliseconds(TIMES_LARGER, small::write).afterCollection(),
                Probe.allocatedBytes(1, large::write),
                Probe.allocatedBytes(TIMES_LARGER, small::write)));
    List<Samples> samples = new ArrayList<>();
    for (int pair = 0; pair < taken.size(); pair += 2) {
      Samples ofLarge = taken.get(pair);
      Samples ofSmall = taken.get(pair + 1);
      samples.addAll(List.of(ofLarge, ofSmall, ofLarge.over(ofSmall)));
    }
    List<Measurement> measured = new ArrayList<>();
    for (Figure figure : figures()) {
      measured.add(new Measurement(figure, samples.get(measured.size())));
    }
    return measured;
  }

  private static Work work(int rules) {
    String text = GraphText.of(rules / 10, rules, SEED);
    return new Work(text, GraphReader.read(text));
  }

  /** What is measured; each result is looked at, so that none can be left out. */
  private record Work(String text, ServiceGraph graph) {

    void read() {
      expect(GraphReader.read(text).rules().size() == graph.rules().size());
    }

    void write() {
      expect(GraphWriter.write(graph).length() > graph.rules().size());
    }

    private static void expect(boolean whole) {
      if (!whole) {
        throw new IllegalStateException("the graph was not read or written as a whole");
      }
    }
  }
}
