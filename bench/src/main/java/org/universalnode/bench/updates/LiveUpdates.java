package org.universalnode.bench.updates;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    List<Figure> all =
        new ArrayList<>(List.of(lost, duplicated, reordered, mixed, seen, packets, update));
    all.addAll(List.of(quietLost, quietReordered, quietPackets));
    if (hasBulk()) {
      all.addAll(List.of(again, quietAgain));
    }
    return all;
  }

  @Override
  public List<Measurement> measure() {
    try (Lab lab = Lab.open(house)) {
      Plugged plugged = lab.plugged();
      NodeProcess node = lab.node(used, plugged);
      node.put(GRAPH, MarkingGraph.after(0, plugged));
      Generator generator = Generator.in(lab);
      Optional<TcpStream> tcp =
          hasBulk() ? Optional.of(TcpStream.between(lab, plugged.ends())) : Optional.empty();
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
  private record Heard(PacketCount packets, Optional<Long> sentAgain) {}

  /**
   * TCP alone fills what ovs-vswitchd can forward: it drops what comes beside, without updates too.
   */
  private boolean hasBulk() {
    return used == LabSwitch.EBPF;
  }

  private static Heard during(
      Generator generator, Optional<TcpStream> tcp, Plugged plugged, Runnable work) {
    Optional<TcpStream.Going> bulk = tcp.map(TcpStream::start);
    Generator.Stream stream = generator.marked(plugged.ends());
    LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
    work.run();
    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    PacketCount packets = stream.stop();
    return new Heard(packets, bulk.map(TcpStream.Going::stop));
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
    List<Measurement> all = new ArrayList<>();
    all.add(counted(lost, count.lost()));
    all.add(counted(duplicated, count.duplicated()));
    all.add(counted(reordered, count.reordered()));
    all.add(counted(mixed, count.mixed()));
    all.add(counted(seen, count.changes()));
    all.add(counted(packets, count.sent()));
    heard.sentAgain().ifPresent(segments -> all.add(counted(again, segments)));
    return all;
  }

  private List<Measurement> ofQuiet(Heard heard) {
    List<Measurement> all = new ArrayList<>();
    all.add(counted(quietLost, heard.packets().lost()));
    all.add(counted(quietReordered, heard.packets().reordered()));
    all.add(counted(quietPackets, heard.packets().sent()));
    heard.sentAgain().ifPresent(segments -> all.add(counted(quietAgain, segments)));
    return all;
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
