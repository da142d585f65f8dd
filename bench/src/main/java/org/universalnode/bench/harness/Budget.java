package org.universalnode.bench.harness;

/** What a figure should keep to. */
public sealed interface Budget {

  /**
   * A limit from above.
   *
   * @param held what CI holds: a worse value is a regression. The limit itself, unless that is
   *     missed for a known reason
   */
  record AtMost(double limit, double held) implements Budget {
    public AtMost(double limit) {
      this(limit, limit);
    }
  }

  /**
   * A limit from below.
   *
   * @param held as for {@link AtMost}
   */
  record AtLeast(double limit, double held) implements Budget {
    public AtLeast(double limit) {
      this(limit, limit);
    }
  }

  /** Nothing was promised. */
  record None() implements Budget {}

  /** Whether the value keeps to it; the limit itself does. */
  default boolean allows(double value) {
    return switch (this) {
      case AtMost(double limit, double _) -> value <= limit;
      case AtLeast(double limit, double _) -> value >= limit;
      case None() -> true;
    };
  }

  /** The same with what CI holds as its limit. */
  default Budget asHeld() {
    return switch (this) {
      case AtMost(double _, double held) -> new AtMost(held);
      case AtLeast(double _, double held) -> new AtLeast(held);
      case None() -> this;
    };
  }
}
