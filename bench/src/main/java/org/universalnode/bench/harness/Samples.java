package org.universalnode.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * One value per round, in the order of the rounds; or a single one, of what is there once in a run.
 *
 * @param values one, or at least {@value #FEWEST}, all finite
 */
public record Samples(List<Double> values) {
  /** With fewer, a median says nothing. */
  public static final int FEWEST = 5;

  /** That the band misses the median: what five samples can have at best, 1 / 16. */
  private static final double LEAST_CHANCE = 0.0625;

  /**
   * @throws IllegalArgumentException if there are too few, or one is not a finite number
   */
  public Samples {
    values = List.copyOf(values);
    if (values.size() != 1 && values.size() < FEWEST) {
      throw new IllegalArgumentException(
          "a median needs " + FEWEST + " samples: there are " + values.size());
    }
    if (!values.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("samples are finite numbers: " + values);
    }
  }

  /** What was counted, or measured once. */
  public static Samples once(double value) {
    return new Samples(List.of(value));
  }

  /** One number out of each reading. */
  public static <R> Samples of(List<R> readings, ToDoubleFunction<R> number) {
    return new Samples(readings.stream().mapToDouble(number).boxed().toList());
  }

  /** The middle value; of an even number of values, the mean of the two middle ones. */
  public double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The least value that is not less than that share of all (nearest rank); a share of 0 to 1. */
  public double quantile(double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.max(0, Math.ceil(share * sorted.size()) - 1));
  }

  /**
   * Both ends of the band in which the median of all possible samples lies with a probability of 93
   * % or more, whatever their distribution (the sign test's interval, between two order
   * statistics).
   */
  public DoubleStream band() {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    int outside = 0;
    double chance = 2 * Math.pow(0.5, n);
    for (double term = chance * n;
        chance + term <= LEAST_CHANCE;
        term *= (n - outside) / (outside + 1.0)) {
      chance += term;
      outside++;
    }
    return DoubleStream.of(sorted.get(outside), sorted.get(n - 1 - outside));
  }

  public double min() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  public double max() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /**
   * The ratios, round by round: what disturbed a whole round cancels out.
   *
   * @throws IllegalArgumentException if the rounds differ in number, or one is divided by zero
   */
  public Samples over(Samples other) {
    if (values.size() != other.values.size()) {
      throw new IllegalArgumentException(
          values.size() + " rounds over " + other.values.size() + " rounds");
    }
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < values.size(); round++) {
      ratios.add(values.get(round) / other.values.get(round));
    }
    return new Samples(ratios);
  }
}
