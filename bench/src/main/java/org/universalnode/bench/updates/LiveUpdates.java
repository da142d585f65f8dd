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
  private static final Budget NONE_AT_ALL = new Budget.AtMost(0);
  private static final String GRAPH = "live";

  private static final Figure LOST = loss("live updates, packets lost");
  private static final Figure DUPLICATED = loss("live updates, packets duplicated");
  private static final Figure REORDERED = loss("live updates, packets reordered");
  private static final Figure MIXED = loss("live updates, packets of two versions");

  /** Where the streams sleep through most updates, it says little that nothing was lost. */
  private static final Figure SEEN =
      Figure.count("live updates, seen in packets", "", new Budget.AtLeast(UPDATES / 2.0));

  private static final Figure PACKETS = report("live updates, packets", "pkts");
  private static final Figure AGAIN = report("live updates, tcp segments sent again", "");
  private static final Figure UPDATE = Figure.absolute("live updates, time of one", "ms");
  private static final Figure QUIET_LOST = report("no updates, packets lost", "pkts");
  private static final Figure QUIET_REORDERED = report("no updates, packets reordered", "pkts");
  private static final Figure QUIET_PACKETS = report("no updates, packets", "pkts");
  private static final Figure QUIET_AGAIN = report("no updates, tcp segments sent again", "");

  private final Path house;

  /**
   * Measures updates.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public LiveUpdates(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        LOST,
        DUPLICATED,
        REORDERED,
        MIXED,
        SEEN,
        PACKETS,
        AGAIN,
        UPDATE,
        QUIET_LOST,
        QUIET_REORDERED,
        QUIET_PACKETS,
        QUIET_AGAIN);
  }

  @Override
  public List<Measurement> measure() {
    try (Lab lab = Lab.open(house)) {
      Plugged plugged = lab.plugged();
      NodeProcess node = lab.node(plugged);
      node.put(GRAPH, MarkingGraph.after(0, plugged));
      Generator generator = Generator.in(lab);
      TcpStream tcp = TcpStream.between(lab, plugged.ends());
      Heard quiet = during(generator, tcp, plugged, () -> pause());
      List<Double> times = new ArrayList<>();
      Heard heard = during(generator, tcp, plugged, () -> times.addAll(update(node, plugged)));
      List<Measurement> measured = new ArrayList<>(ofUpdates(heard));
      measured.add(new Measurement(UPDATE, new Samples(times)));
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

  private static List<Measurement> ofUpdates(Heard heard) {
    PacketCount packets = heard.packets();
    return List.of(
        counted(LOST, packets.lost()),
        counted(DUPLICATED, packets.duplicated()),
        counted(REORDERED, packets.reordered()),
        counted(MIXED, packets.mixed()),
        counted(SEEN, packets.changes()),
        counted(PACKETS, packets.sent()),
        counted(AGAIN, heard.sentAgain()));
  }

  private static List<Measurement> ofQuiet(Heard heard) {
    return List.of(
        counted(QUIET_LOST, heard.packets().lost()),
        counted(QUIET_REORDERED, heard.packets().reordered()),
        counted(QUIET_PACKETS, heard.packets().sent()),
        counted(QUIET_AGAIN, heard.sentAgain()));
  }

  private static Measurement counted(Figure figure, long number) {
    return new Measurement(figure, Samples.once((double) number));
  }

  private static Figure loss(String name) {
    return Figure.count(name, "pkts", NONE_AT_ALL);
  }

  private static Figure report(String name, String unit) {
    return Figure.count(name, unit, new Budget.None());
  }
}
