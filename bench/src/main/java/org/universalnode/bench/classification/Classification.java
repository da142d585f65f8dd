package org.universalnode.bench.classification;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Probe;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;
import org.universalnode.linux.BpfFilesystem;
import org.universalnode.linux.BpfProgram;
import org.universalnode.linux.BpfTestRun;
import org.universalnode.linux.Processor;
import org.universalnode.linux.RouteSocket;

/** Time of the data plane for one frame, by the rules of its in-port. */
public final class Classification implements Subject {
  private static final Turns TURNS = new Turns(2, 7);
  private static final int RUNS = 50_000;
  private static final RuleSet ONE = new RuleSet(1, 0, false);
  private static final RuleSet HUNDRED = new RuleSet(100, 4, false);
  private static final RuleSet MOST = new RuleSet(10_000, 4, false);
  private static final List<RuleSet> SETS =
      List.of(
          ONE,
          new RuleSet(2, 1, false),
          new RuleSet(2, 1, true),
          new RuleSet(3, 2, false),
          HUNDRED,
          MOST,
          new RuleSet(100, 8, false),
          new RuleSet(100, 16, false),
          new RuleSet(100, 32, false));
  private static final List<Integer> LISTS = List.of(1, 10, 100, 1_000);
  private static final Figure GROWTH =
      Figure.ratio("classify, 10,000 rules over 100, of 4 masks", new Budget.AtMost(1.3));

  private final Path house;

  /**
   * Measures the data plane.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public Classification(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    return Stream.of(
            SETS.stream().map(Classification::figure),
            Stream.of(GROWTH),
            LISTS.stream().map(Classification::figure))
        .flatMap(each -> each)
        .toList();
  }

  @Override
  public List<Measurement> measure() {
    List<RuleList> lists = new ArrayList<>();
    try (Lab lab = Lab.open(house)) {
      LISTS.forEach(
          rules -> lists.add(new RuleList(lab.folder().getFileName() + "-" + rules, rules)));
      return measured(lab, lists);
    } finally {
      lists.forEach(RuleList::close);
    }
  }

  private static List<Measurement> measured(Lab lab, List<RuleList> lists) {
    List<Plugged> plugged = SETS.stream().map(_ -> lab.plugged()).toList();
    NodeProcess node = lab.node(plugged.toArray(Plugged[]::new));
    Path pins = BpfFilesystem.ROOT.resolve("universal-node").resolve(node.name());
    List<Probe> probes = new ArrayList<>();
    try (BpfProgram program = BpfProgram.pinned(pins.resolve("lsi"));
        RouteSocket route = RouteSocket.open()) {
      for (int i = 0; i < SETS.size(); i++) {
        Plugged each = plugged.get(i);
        node.put("g" + i, SETS.get(i).graph(each));
        int link = route.link(each.lan()).orElseThrow().index();
        probes.add(() -> BpfTestRun.nanoseconds(program, link, TestFrame.BYTES, RUNS));
      }
      int loopback = route.link("lo").orElseThrow().index();
      for (RuleList list : lists) {
        probes.add(() -> BpfTestRun.nanoseconds(list.program(), loopback, TestFrame.BYTES, RUNS));
      }
      return measurements(new Processor(0).call(() -> TURNS.take(probes)));
    }
  }

  private static List<Measurement> measurements(List<Samples> samples) {
    List<Measurement> measured = new ArrayList<>();
    for (int i = 0; i < SETS.size(); i++) {
      measured.add(new Measurement(figure(SETS.get(i)), samples.get(i)));
    }
    Samples most = samples.get(SETS.indexOf(MOST));
    measured.add(new Measurement(GROWTH, most.over(samples.get(SETS.indexOf(HUNDRED)))));
    for (int i = 0; i < LISTS.size(); i++) {
      measured.add(new Measurement(figure(LISTS.get(i)), samples.get(SETS.size() + i)));
    }
    return measured;
  }

  private static Figure figure(RuleSet set) {
    return Figure.absolute("classify, " + set.text(), "ns");
  }

  private static Figure figure(int listed) {
    return Figure.absolute(String.format(Locale.ROOT, "classify, bare list of %,d", listed), "ns");
  }
}
