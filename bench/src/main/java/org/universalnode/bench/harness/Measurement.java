package org.universalnode.bench.harness;

/** A figure with what was measured. Its value is the median. */
public record Measurement(Figure figure, Samples samples) {

  public double value() {
    return samples.median();
  }

  public Verdict verdict() {
    return Verdict.of(figure, value());
  }
}
