package org.universalnode.catalog.resolve;

/** What became of a candidate. */
public sealed interface Verdict {

  /** It is taken. */
  record Chosen(Price price) implements Verdict {}

  /** It could be taken if the other functions have what they have, at this price. */
  record Dearer(Price price) implements Verdict {}

  /** It can't be had; if it could alone, not beside what the other functions have. */
  record Lacking(Shortage shortage) implements Verdict {}
}
