package org.universalnode.bench.harness;

import java.util.ArrayList;
import java.util.List;

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
    for (int round = 0; round < warmUps; round++) {
      round(probes);
    }
    List<List<Double>> taken = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      taken.add(round(probes));
    }
    List<Samples> samples = new ArrayList<>();
    for (int probe = 0; probe < probes.size(); probe++) {
      int index = probe;
      samples.add(new Samples(taken.stream().map(values -> values.get(index)).toList()));
    }
    return samples;
  }

  private static List<Double> round(List<Probe> probes) {
    return probes.stream().map(Probe::sample).toList();
  }
}
