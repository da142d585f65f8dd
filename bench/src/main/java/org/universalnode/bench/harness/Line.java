package org.universalnode.bench.harness;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How a measurement looks in the terminal.
 *
 * @param value the median, {@code spread} the least and the greatest sample; numbers have four
 *     digits, or all those before the point
 */
public record Line(
    String name, String value, String unit, String spread, String budget, String verdict) {
  public static final Line HEADER =
      new Line("figure", "median", "unit", "min..max", "budget", "verdict");

  private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_UP);

  public static Line of(Measurement measurement) {
    Figure figure = measurement.figure();
    Samples samples = measurement.samples();
    return new Line(
        figure.name(),
        number(measurement.value()),
        figure.unit(),
        number(samples.min()) + ".." + number(samples.max()),
        budget(figure.budget()),
        measurement.verdict().word());
  }

  /** In columns, without spaces at the end. */
  @Override
  public String toString() {
    return "%-44s %10s %-5s %-22s %-10s %s"
        .formatted(name, value, unit, spread, budget, verdict)
        .stripTrailing();
  }

  private static String budget(Budget budget) {
    return switch (budget) {
      case Budget.AtMost(double limit, double _) -> "<= " + number(limit);
      case Budget.AtLeast(double limit, double _) -> ">= " + number(limit);
      case Budget.None() -> "-";
    };
  }

  private static String number(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal rounded =
        Math.abs(value) >= 1_000 ? exact.setScale(0, RoundingMode.HALF_UP) : exact.round(DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
