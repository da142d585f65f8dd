package org.universalnode.nffg;

import java.util.Locale;
import java.util.Optional;

/**
 * How far the processes of a function are kept from the machine; each rung includes those before.
 */
public enum Isolation {
  /** A network namespace and limits on resources; else the machine as root sees it. */
  NETWORK,
  /**
   * A file system, processes, IPC and host name of its own; few capabilities, few system calls, no
   * way to gain more.
   */
  JAIL,
  /** Root inside is nobody outside: a user namespace of its own, which owns its network. */
  USER;

  /** The stricter one. */
  public Isolation or(Isolation other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The rung of that name. */
  public static Optional<Isolation> named(String text) {
    for (Isolation rung : values()) {
      if (rung.toString().equals(text)) {
        return Optional.of(rung);
      }
    }
    return Optional.empty();
  }

  /** As documents write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
