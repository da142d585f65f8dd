package org.universalnode.bench.harness;

import java.util.Locale;

/** What a measurement means for its budget. */
public enum Verdict {
  MET,
  MISSED,
  /** Nothing can be missed: there is no budget, or the figure is absolute. */
  REPORT;

  static Verdict of(Figure figure, double value) {
    return switch (figure.kind()) {
      case ABSOLUTE -> REPORT;
      case RATIO, COUNT ->
          switch (figure.budget()) {
            case Budget.None() -> REPORT;
            case Budget.AtMost _, Budget.AtLeast _ -> figure.budget().allows(value) ? MET : MISSED;
          };
    };
  }

  /** As it is printed and written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
