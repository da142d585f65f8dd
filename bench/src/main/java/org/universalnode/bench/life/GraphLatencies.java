package org.universalnode.bench.life;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;

/**
 * From the request to its answer, for graphs of bridge functions in series: creation, an update of
 * one rule, an update that replaces one function by another, deletion.
 */
public final class GraphLatencies implements Subject {
  private static final List<Integer> SIZES = List.of(1, 3, 8);
  private static final int WARM_UPS = 20;
  private static final int ROUNDS = 100;
  private static final double P99 = 0.99;

  private final Path house;

  /**
   * Measures changes of graphs.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public GraphLatencies(Path house) {
    this.house = house;
  }

  /** What is done to a graph, in this order in each round. */
  private enum Change {
    CREATE("create a graph"),
    /** Within the creation: until the last handler is done. */
    HANDLERS("start functions"),
    UPDATE_RULE("update a rule"),
    REPLACE("replace a function"),
    DELETE("delete a graph");

    private final String words;

    Change(String words) {
      this.words = words;
    }

    Figure median(int functions) {
      return Figure.absolute(name(functions), "ms", budget(functions, false));
    }

    Figure p99(int functions) {
      return Figure.absolute(name(functions) + ", p99", "ms", budget(functions, true));
    }

    private Budget budget(int functions, boolean p99) {
      if (this == HANDLERS && functions == 1) {
        return new Budget.AtMost(p99 ? 30 : 10);
      }
      if (this == HANDLERS && functions == 8 && !p99) {
        return new Budget.AtMost(60);
      }
      return this == DELETE && functions == 1 && !p99 ? new Budget.AtMost(100) : new Budget.None();
    }

    private String name(int functions) {
      return words + ", " + functions + (functions == 1 ? " function" : " functions");
    }
  }

  @Override
  public List<Figure> figures() {
    List<Figure> all = new ArrayList<>();
    for (int functions : SIZES) {
      for (Change change : Change.values()) {
        all.add(change.median(functions));
        all.add(change.p99(functions));
      }
    }
    return all;
  }

  @Override
  public List<Measurement> measure() {
    List<Measurement> all = new ArrayList<>();
    try (Lab lab = Lab.open(house)) {
      Plugged plugged = lab.plugged();
      NodeProcess node = lab.node(plugged);
      for (int functions : SIZES) {
        all.addAll(new OneSize(plugged, node, functions).measure());
      }
    }
    return all;
  }

  private record OneSize(Plugged plugged, NodeProcess node, int functions) {
    private static final String GRAPH = "chain";

    List<Measurement> measure() {
      List<Map<Change, Double>> times = new ArrayList<>();
      for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
        Interrupted.check();
        Map<Change, Double> taken = round();
        if (round >= WARM_UPS) {
          times.add(taken);
        }
      }
      List<Measurement> all = new ArrayList<>();
      for (Change change : Change.values()) {
        Samples samples = Samples.of(times, round -> round.get(change));
        all.add(new Measurement(change.median(functions), samples));
        all.add(new Measurement(change.p99(functions), Samples.once(samples.quantile(P99))));
      }
      return all;
    }

    private Map<Change, Double> round() {
      Map<Change, Double> taken = new EnumMap<>(Change.class);
      taken.put(
          Change.CREATE,
          Times.millis(() -> taken.put(Change.HANDLERS, node.put(GRAPH, document("f", false)))));
      taken.put(Change.UPDATE_RULE, Times.millis(() -> node.put(GRAPH, document("f", true))));
      taken.put(Change.REPLACE, Times.millis(() -> node.put(GRAPH, document("other", true))));
      taken.put(Change.DELETE, Times.millis(() -> node.delete(GRAPH)));
      return taken;
    }

    /**
     * A version of the graph.
     *
     * @param first name of its first function
     * @param marking whether there is a rule that changes what it passes on
     */
    private String document(String first, boolean marking) {
      List<String> bridges = new ArrayList<>(List.of(first));
      IntStream.range(1, functions).forEach(i -> bridges.add("f" + i));
      GraphDocument document = GraphDocument.between(plugged).series(bridges);
      if (marking) {
        document.rule(
            2,
            GraphDocument.portIn("endpoint:lan") + ",\"protocol\":\"udp\"",
            "{\"set_ip_tos\":\"8\"}," + GraphDocument.output("vnf:" + first + ":port:0"));
      }
      return document.toString();
    }
  }
}
