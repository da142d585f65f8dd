package org.universalnode.bench.harness;

/**
 * One thing that is measured.
 *
 * @param name a few words, the same from run to run; unique in the house
 * @param kind decides whether a budget can fail
 * @param unit of the value; empty for ratios
 */
public record Figure(String name, Kind kind, String unit, Budget budget) {

  /** Absolute times and sizes say as much about the machine as about the house: they never fail. */
  public enum Kind {
    /** Two things measured in turns in one run, one divided by the other. */
    RATIO,
    /** How many: of losses, leftovers, files. */
    COUNT,
    /** A time, a rate or a size. */
    ABSOLUTE
  }

  public Figure {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a figure needs a name");
    }
  }

  /** Whether it can fail. */
  public boolean isCheck() {
    return kind != Kind.ABSOLUTE && !(budget instanceof Budget.None);
  }

  /** The same with what CI holds as its budget. */
  public Figure asHeld() {
    return new Figure(name, kind, unit, budget.asHeld());
  }

  public static Figure ratio(String name, Budget budget) {
    return new Figure(name, Kind.RATIO, "", budget);
  }

  public static Figure count(String name, String unit, Budget budget) {
    return new Figure(name, Kind.COUNT, unit, budget);
  }

  /** Without a budget. */
  public static Figure absolute(String name, String unit) {
    return absolute(name, unit, new Budget.None());
  }

  /** With a budget that readers see and that no run fails by. */
  public static Figure absolute(String name, String unit, Budget budget) {
    return new Figure(name, Kind.ABSOLUTE, unit, budget);
  }
}
