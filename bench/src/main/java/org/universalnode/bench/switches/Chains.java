package org.universalnode.bench.switches;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.universalnode.bench.harness.Budget;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.LabSwitch;
import org.universalnode.bench.lab.Plugged;
import org.universalnode.bench.traffic.Generator;
import org.universalnode.bench.traffic.Rate;
import org.universalnode.bench.traffic.TcpStream;

/** The same chain, with a bridge function, on each switch driver. */
public final class Chains implements Subject {
  private static final Turns TURNS = new Turns(1, 5);
  private static final Duration TIME = Duration.ofSeconds(2);
  private static final Duration PACKET_TIME = Duration.ofSeconds(1);
  private static final Figure TCP_RATIO = ratio("tcp");
  private static final Figure PACKET_RATIO = ratio("60-byte");

  private final Path house;

  /**
   * Measures both drivers.
   *
   * @param house the folder that holds {@code un} and {@code dist}
   */
  public Chains(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    List<Figure> all = new ArrayList<>();
    for (LabSwitch used : LabSwitch.values()) {
      all.add(tcp(used));
      all.add(packets(used));
    }
    all.add(TCP_RATIO);
    all.add(PACKET_RATIO);
    return all;
  }

  @Override
  public List<Measurement> measure() {
    List<List<Rate>> readings;
    try (Lab lab = Lab.open(house)) {
      Generator generator = Generator.in(lab);
      List<Supplier<Rate>> asked = new ArrayList<>();
      for (LabSwitch used : LabSwitch.values()) {
        Plugged plugged = lab.plugged();
        lab.node(used, plugged).put("chain", GraphDocument.chain(plugged).toString());
        TcpStream stream = TcpStream.between(lab, plugged.ends());
        asked.add(() -> stream.send(TIME));
        asked.add(() -> generator.blast(plugged.ends(), PACKET_TIME).rate());
      }
      readings = TURNS.readings(asked);
    }
    return measurements(
        readings.stream().map(rates -> Samples.of(rates, Rate::perSecond)).toList());
  }

  /** Both kinds of traffic of the one driver, then of the other. */
  private static List<Measurement> measurements(List<Samples> taken) {
    return List.of(
        new Measurement(tcp(LabSwitch.EBPF), taken.get(0)),
        new Measurement(packets(LabSwitch.EBPF), taken.get(1)),
        new Measurement(tcp(LabSwitch.OPEN_VSWITCH), taken.get(2)),
        new Measurement(packets(LabSwitch.OPEN_VSWITCH), taken.get(3)),
        new Measurement(TCP_RATIO, taken.get(2).over(taken.get(0))),
        new Measurement(PACKET_RATIO, taken.get(3).over(taken.get(1))));
  }

  private static Figure tcp(LabSwitch used) {
    return Figure.absolute("chain on " + used.word() + ", tcp", "Gb/s");
  }

  private static Figure packets(LabSwitch used) {
    return Figure.absolute("chain on " + used.word() + ", 60-byte", "pkt/s");
  }

  private static Figure ratio(String traffic) {
    return Figure.ratio("chain on openvswitch of ebpf, " + traffic, new Budget.None());
  }
}
