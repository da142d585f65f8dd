package org.universalnode.catalog.resolve;

/**
 * What things are worth, in points: one is a millisecond that a function takes to start. All
 * weights of the resolver are here; docs/resolver.md explains them.
 */
final class CostModel {
  /** A MiB of memory is what a small machine runs out of first. */
  static final long MEMORY = 100;

  /** A MiB of huge pages can be used for nothing else. */
  static final long HUGEPAGES = 200;

  /** A GiB of disk is worth as much as 10 MiB of memory. */
  static final long DISK = 1;

  /** One percent of a core, at a gigabit per second: 10 percent are worth 20 MiB. */
  static final long CPU = 200;

  /** A MiB to fetch, at a hundred megabits per second. */
  static final long DOWNLOAD = 80;

  /** Every core beyond the first that a graph is bound to. */
  static final long MORE_CORES = 500;

  /** Every function of other graphs on that core of the graph's that has most to do. */
  static final long CORE_LOAD = 100;

  /**
   * What has to be gained before a function that runs is replaced: 30 MiB of memory, or 15 percent
   * of a core. A replacement loses what the function knows: leases, flows, keys.
   */
  static final long REPLACEMENT = 3_000;

  private CostModel() {}

  /** Without neighbours and cores. */
  static Price of(Need need, Candidate candidate) {
    Amounts demand = candidate.demand();
    Figures figures = candidate.figures();
    return new Price(
        MEMORY * demand.memory() + HUGEPAGES * demand.hugepages() + DISK * demand.disk(),
        CPU * figures.cpuPercent(),
        0,
        0,
        figures.startMillis(),
        DOWNLOAD * figures.downloadMegabytes(),
        need.isReplacedBy(candidate) ? REPLACEMENT : 0);
  }

  /** Of a graph whose widest function wants so many cores. */
  static long cores(CoreLoads loads, int wanted) {
    return MORE_CORES * (wanted - 1) + CORE_LOAD * loads.most(loads.least(wanted));
  }

  /** Of frames that go from a port to another. */
  static long path(Wiring one, Wiring other) {
    return CPU * percent(one, other);
  }

  /** Of frames between a port and the machine's own ports, which are the kernel's like a veth. */
  static long path(Wiring one) {
    return path(one, Wiring.VETH);
  }

  /**
   * Percent of a core at a gigabit per second. Between ports of the kernel the eBPF switch hands
   * large packets over whole; where one side is a process with its own memory, all is copied.
   */
  private static long percent(Wiring one, Wiring other) {
    return switch (one) {
      case VETH ->
          switch (other) {
            case VETH -> 2;
            case TAP -> 6;
            case SOCKET -> 12;
          };
      case TAP ->
          switch (other) {
            case VETH -> 6;
            case TAP -> 9;
            case SOCKET -> 14;
          };
      case SOCKET ->
          switch (other) {
            case VETH -> 12;
            case TAP -> 14;
            case SOCKET -> 5;
          };
    };
  }
}
