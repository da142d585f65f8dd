package org.universalnode.compute.libvirt;

/** What a domain does, as far as it matters here. */
enum DomainState {
  RUNNING,
  PAUSED,
  ENDED;

  /** As virsh(1) names it. */
  static DomainState of(String word) {
    return switch (word) {
      case "running", "idle", "no state", "in shutdown" -> RUNNING;
      case "paused", "pmsuspended" -> PAUSED;
      default -> ENDED;
    };
  }

  boolean lives() {
    return this != ENDED;
  }
}
