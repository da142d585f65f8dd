package org.universalnode.bench.harness;

/**
 * A figure with what was measured.
 *
 * @param samples more than one if it is a ratio: a single one says nothing
 */
public record Measurement(Figure figure, Samples samples) {

  public Measurement {
    if (figure.kind() == Figure.Kind.RATIO && samples.values().size() == 1) {
      throw new IllegalArgumentException("one sample is too few for " + figure.name());
    }
  }

  /** The median; of counts the greatest, because what was lost once was lost. */
  public double value() {
    return switch (figure.kind()) {
      case RATIO, ABSOLUTE -> samples.median();
      case COUNT -> samples.max();
    };
  }

  /** The same with what CI holds as its budget. */
  public Measurement asHeld() {
    return new Measurement(figure.asHeld(), samples);
  }

  public Verdict verdict() {
    return Verdict.of(this);
  }
}
