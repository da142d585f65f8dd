package org.universalnode.switching;

/**
 * Number of a logical switching instance on its node. LSI-0 owns the physical interfaces; every
 * graph has an LSI of its own (paper, section III.A).
 */
public record LsiId(int number) implements Comparable<LsiId> {
  public static final LsiId BASE = new LsiId(0);

  public LsiId {
    if (number < 0) {
      throw new IllegalArgumentException("an LSI's number is not negative: " + number);
    }
  }

  public boolean isBase() {
    return number == 0;
  }

  @Override
  public int compareTo(LsiId other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return "LSI-" + number;
  }
}
