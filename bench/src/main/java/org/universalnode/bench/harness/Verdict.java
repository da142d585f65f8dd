package org.universalnode.bench.harness;

import java.util.Locale;

/** What a measurement means for its budget. */
public enum Verdict {
  MET,
  /** A ratio whose median is beyond the limit by no more than its samples scatter. */
  NOISE,
  MISSED,
  /** An absolute figure beyond its limit: it says as much about the machine as about the house. */
  OVER,
  /** There is no budget. */
  REPORT;

  static Verdict of(Measurement measurement) {
    Figure figure = measurement.figure();
    Budget budget = figure.budget();
    if (budget instanceof Budget.None) {
      return REPORT;
    }
    if (budget.allows(measurement.value())) {
      return MET;
    }
    return switch (figure.kind()) {
      case ABSOLUTE -> OVER;
      case COUNT -> MISSED;
      case RATIO -> measurement.samples().band().anyMatch(budget::allows) ? NOISE : MISSED;
    };
  }

  /** As it is printed and written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
