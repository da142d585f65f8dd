package org.universalnode.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes samples of several probes in turns (A B A B ...), so that whatever changes while it runs
 * changes for all of them.
 *
 * @param warmUps rounds whose samples are thrown away
 * @param rounds that count; at least {@value Samples#FEWEST}
 */
public record Turns(int warmUps, int rounds) {

  public Turns {
    if (warmUps < 0 || rounds < Samples.FEWEST) {
      throw new IllegalArgumentException(warmUps + " warm-ups and " + rounds + " rounds");
    }
  }

  /** The samples of each probe, in the order of the probes. */
  public List<Samples> take(List<Probe> probes) {
    List<Supplier<Double>> asked = new ArrayList<>();
    probes.forEach(probe -> asked.add(probe::sample));
    return readings(asked).stream().map(Samples::new).toList();
  }

  /** The same where one look brings more than a number: the readings of each, by round. */
  public <R> List<List<R>> readings(List<Supplier<R>> asked) {
    List<List<R>> readings = new ArrayList<>();
    asked.forEach(_ -> readings.add(new ArrayList<>()));
    for (int round = 0; round < warmUps + rounds; round++) {
      for (int i = 0; i < asked.size(); i++) {
        R reading = asked.get(i).get();
        if (round >= warmUps) {
          readings.get(i).add(reading);
        }
      }
    }
    return readings;
  }
}
