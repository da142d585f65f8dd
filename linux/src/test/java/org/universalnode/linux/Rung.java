package org.universalnode.linux;

/** How strongly an instance is isolated; each rung stops what the one before does, and more. */
enum Rung {
  NETWORK,
  JAIL,
  USER
}
