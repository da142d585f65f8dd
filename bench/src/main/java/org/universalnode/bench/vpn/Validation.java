package org.universalnode.bench.vpn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.universalnode.bench.harness.Figure;
import org.universalnode.bench.harness.Measurement;
import org.universalnode.bench.harness.Samples;
import org.universalnode.bench.harness.Subject;
import org.universalnode.bench.harness.Turns;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.Middle;
import org.universalnode.bench.lab.NodeOwn;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;
import org.universalnode.testbed.PrivateDocker;
import org.universalnode.testbed.PrivateLibvirt;

/**
 * The IPsec client in four implementations, in turns: how long it takes to start, what goes through
 * it, what it needs. Docker's engine and libvirt are the bench's own.
 */
public final class Validation implements Subject {
  /** As often as in the paper. */
  private static final Turns TURNS = new Turns(1, 10);

  private final Path house;

  /**
   * Measures them.
   *
   * @param house the folder of the sources, built
   */
  public Validation(Path house) {
    this.house = house;
  }

  @Override
  public List<Figure> figures() {
    return Stream.of(Implementation.values()).flatMap(Implementation::figures).toList();
  }

  @Override
  public Optional<String> table(List<Measurement> measured) {
    return ComparisonTable.of(measured);
  }

  @Override
  public List<Measurement> measure() {
    try (Lab lab = Lab.open(house)) {
      Disk disk = Disk.of(lab, house);
      List<Implementation> all = List.of(Implementation.values());
      Map<Implementation, Contestant> contestants = contestants(lab, disk.catalog());
      List<Supplier<Reading>> asked = new ArrayList<>();
      all.forEach(each -> asked.add(Objects.requireNonNull(contestants.get(each))::round));
      List<List<Reading>> rounds = TURNS.readings(asked);
      List<Readings> readings = new ArrayList<>();
      all.forEach(each -> readings.add(new Readings(each, rounds.get(readings.size()))));
      Readings bare = readings.getFirst();
      return readings.stream().flatMap(each -> each.measurements(bare, disk)).toList();
    }
  }

  private Map<Implementation, Contestant> contestants(Lab lab, Path catalog) {
    PrivateDocker docker = lab.docker();
    PrivateLibvirt libvirt = lab.libvirt();
    Middle cpe = lab.middle();
    Contestant.Place there = place(Site.around(cpe.ends(), lab), lab);
    Plugged plugged = lab.plugged();
    Contestant.Place here = place(Site.around(plugged.ends(), lab), lab);
    List<String> environment =
        List.of(
            "env", "DOCKER_HOST=unix://" + docker.socket(), "LIBVIRT_DEFAULT_URI=" + libvirt.uri());
    NodeProcess node =
        lab.node(new NodeOwn(environment, List.of("--functions=" + catalog)), plugged);
    Map<Implementation, Contestant> all = new EnumMap<>(Implementation.class);
    for (Implementation each : Implementation.values()) {
      all.put(
          each,
          switch (each) {
            case BARE -> new Contestant(lab, there, new BareClient(cpe, lab), Census.of(List.of()));
            case NATIVE, DOCKER, MACHINE ->
                new Contestant(
                    lab,
                    here,
                    new NodeClient(node, plugged, each.template()),
                    engine(each, docker, libvirt));
          });
    }
    return all;
  }

  private static Contestant.Place place(Site site, Lab lab) {
    return new Contestant.Place(site, Gateway.of(site, lab));
  }

  private static Census engine(
      Implementation implementation, PrivateDocker docker, PrivateLibvirt libvirt) {
    return switch (implementation) {
      case BARE, NATIVE -> Census.of(List.of());
      case DOCKER -> Census.of(docker.processes());
      case MACHINE -> Census.of(List.of(libvirt.process()));
    };
  }

  /** All rounds of one implementation. */
  private record Readings(Implementation implementation, List<Reading> rounds) {

    Stream<Measurement> measurements(Readings bare, Disk disk) {
      List<Measurement> all = new ArrayList<>();
      all.add(of(implementation.started(), r -> r.start().done()));
      all.add(of(implementation.tunnel(), r -> r.start().tunnel()));
      all.add(of(implementation.packet(), r -> r.start().packet()));
      all.add(of(implementation.memory(), r -> r.memory().function()));
      all.add(of(implementation.engineMemory(), r -> r.memory().engine()));
      all.add(once(implementation.imageSize(), disk.image(implementation)));
      all.add(once(implementation.engineSize(), disk.engine(implementation)));
      for (Cipher cipher : Cipher.values()) {
        all.add(of(implementation.up(cipher), r -> r.transfer(cipher).up()));
        all.add(of(implementation.down(cipher), r -> r.transfer(cipher).down()));
        all.add(of(implementation.load(cipher), r -> r.transfer(cipher).load()));
      }
      if (implementation != Implementation.BARE) {
        all.add(ratio(implementation.tunnelOfBare(), bare, r -> r.start().tunnel()));
        for (Cipher cipher : Cipher.values()) {
          all.add(
              ratio(implementation.throughputOfBare(cipher), bare, r -> r.transfer(cipher).up()));
        }
      }
      return all.stream();
    }

    private Measurement of(Figure figure, ToDoubleFunction<Reading> number) {
      return new Measurement(figure, Samples.of(rounds, number));
    }

    private static Measurement once(Figure figure, double value) {
      return new Measurement(figure, Samples.once(value));
    }

    private Measurement ratio(Figure figure, Readings bare, ToDoubleFunction<Reading> number) {
      Samples own = Samples.of(rounds, number);
      return new Measurement(figure, own.over(Samples.of(bare.rounds, number)));
    }
  }
}
