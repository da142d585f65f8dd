package org.universalnode.bench.harness;

/** What a figure should keep to. */
public sealed interface Budget {

  record AtMost(double limit) implements Budget {}

  record AtLeast(double limit) implements Budget {}

  /** Nothing was promised. */
  record None() implements Budget {}

  /** Whether the value keeps to it; the limit itself does. */
  default boolean allows(double value) {
    return switch (this) {
      case AtMost(double limit) -> value <= limit;
      case AtLeast(double limit) -> value >= limit;
      case None() -> true;
    };
  }
}
