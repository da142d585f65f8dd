package org.universalnode.bench.updates;

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
import org.universalnode.bench.lab.Interrupted;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.LabSwitch;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;
import org.universalnode.bench.traffic.Generator;
import org.universalnode.bench.traffic.PacketCount;
import org.universalnode.bench.traffic.TcpStream;

/**
 * A graph is updated again and again over REST while a TCP stream and a stream of numbered packets
 * go through it; see {@link MarkingGraph}. The same streams for a while without updates tell what
 * comes of the machine.
 */
public final class LiveUpdates implements Subject {
  private static final int UPDATES = 1_000;
  private static final int UPDATES_PER_SAMPLE = 100;
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final int SEEN_AT_LEAST = UPDATES / 2;
  private static final Budget NONE_AT_ALL = new Budget.AtMost(0);
  private static final String GRAPH = "live";

  private final Path house;
  private final LabSwitch used;
  private final Figure lost;
  private final Figure duplicated;
  private final Figure reordered;
  private final Figure mixed;

  /** Where the streams sleep through most updates, it says little that nothing was lost. */
  private final Figure seen;

  private final Figure packets;
  private final Figure again;
  private final Figure update;
  private final Figure quietLost;
  private final Figure quietReordered;
  private final Figure quietPackets;
  private final Figure quietAgain;

  /**
   * Measures updates.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public LiveUpdates(Path house, LabSwitch used) {
    this.house = house;
    this.used = used;
    this.lost = loss("live updates, packets lost");
    this.duplicated = loss("live updates, packets duplicated");
    this.reordered = loss("live updates, packets reordered");
    this.mixed = loss("live updates, packets of two versions");
    this.seen =
        Figure.count(name("live updates, seen in packets"), "", new Budget.AtLeast(SEEN_AT_LEAST));
    this.packets = report("live updates, packets", "pkts");
    this.again = report("live updates, tcp segments sent again", "");
    this.update = Figure.absolute(name("live updates, time of one"), "ms");
    this.quietLost = report("no updates, packets lost", "pkts");
    this.quietReordered = report("no updates, packets reordered", "pkts");
    this.quietPackets = report("no updates, packets", "pkts");
    this.quietAgain = report("no updates, tcp segments sent again", "");
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        lost,
        duplicated,
        reordered,
        mixed,
        seen,
        packets,
        again,
        update,
        quietLost,
        quietReordered,
        quietPackets,
        quietAgain);
  }

  @Override
  public List<Measurement> measure() {
    try (Lab lab = Lab.open(house)) {
      Plugged plugged = lab.plugged();
      NodeProcess node = lab.node(used, plugged);
      node.put(GRAPH, MarkingGraph.after(0, plugged));
      Generator generator = Generator.in(lab);
      TcpStream tcp = TcpStream.between(lab, plugged.ends());
      Heard quiet = during(generator, tcp, plugged, () -> pause());
      List<Double> times = new ArrayList<>();
      Heard heard = during(generator, tcp, plugged, () -> times.addAll(update(node, plugged)));
      List<Measurement> measured = new ArrayList<>(ofUpdates(heard));
      measured.add(new Measurement(update, new Samples(times)));
      measured.addAll(ofQuiet(quiet));
      return measured;
    }
  }

  /** What the two streams tell. */
  private record Heard(PacketCount packets, long sentAgain) {}

  private static Heard during(Generator generator, TcpStream tcp, Plugged plugged, Runnable work) {
    TcpStream.Going bulk = tcp.start();
    Generator.Stream stream = generator.marked(plugged.ends());
    LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
    work.run();
    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    PacketCount packets = stream.stop();
    return new Heard(packets, bulk.stop());
  }

  private static void pause() {
    LockSupport.parkNanos(QUIET.toNanos());
    Interrupted.check();
  }

  /** The mean times of one update, in milliseconds. */
  private static List<Double> update(NodeProcess node, Plugged plugged) {
    List<Double> times = new ArrayList<>();
    int done = 0;
    while (done < UPDATES) {
      long begin = System.nanoTime();
      for (int i = 0; i < UPDATES_PER_SAMPLE; i++) {
        node.put(GRAPH, MarkingGraph.after(++done, plugged));
      }
      times.add((System.nanoTime() - begin) / 1e6 / UPDATES_PER_SAMPLE);
    }
    return times;
  }

  private List<Measurement> ofUpdates(Heard heard) {
    PacketCount count = heard.packets();
    return List.of(
        counted(lost, count.lost()),
        counted(duplicated, count.duplicated()),
        counted(reordered, count.reordered()),
        counted(mixed, count.mixed()),
        counted(seen, count.changes()),
        counted(packets, count.sent()),
        counted(again, heard.sentAgain()));
  }

  private List<Measurement> ofQuiet(Heard heard) {
    return List.of(
        counted(quietLost, heard.packets().lost()),
        counted(quietReordered, heard.packets().reordered()),
        counted(quietPackets, heard.packets().sent()),
        counted(quietAgain, heard.sentAgain()));
  }

  private static Measurement counted(Figure figure, long number) {
    return new Measurement(figure, Samples.once((double) number));
  }

  private Figure loss(String name) {
    return Figure.count(name(name), "pkts", NONE_AT_ALL);
  }

  private Figure report(String name, String unit) {
    return Figure.count(name(name), unit, new Budget.None());
  }

  private String name(String name) {
    return used == LabSwitch.EBPF ? name : used.word() + " " + name;
  }
}
