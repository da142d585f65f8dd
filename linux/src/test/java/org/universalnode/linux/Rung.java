package org.universalnode.linux;

/** How strongly an instance is isolated; each rung stops what the one before does, and more. */
enum Rung {
  NETWORK(0),
  JAIL(1),
  USER(2);

  /** In the table of {@link Attempt}. */
  final int column;

  Rung(int column) {
    this.column = column;
  }
}
