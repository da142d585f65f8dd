package org.universalnode.node.security;

/** That somebody logged in. It holds until it is ended, or out of date, or the account changed. */
public final class Session {
  private final String name;
  private final String kept;
  private final long end;

  /**
   * A new one.
   *
   * @param kept what the node keeps of the password that was given
   * @param end by the clock that nobody sets, in nanoseconds
   */
  Session(String name, String kept, long end) {
    this.name = name;
    this.kept = kept;
    this.end = end;
  }

  String name() {
    return name;
  }

  boolean isOf(StoredAccount stored, long now) {
    return !isOver(now) && stored.kept().equals(kept);
  }

  boolean isOver(long now) {
    return end - now <= 0;
  }
}
