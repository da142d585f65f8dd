package org.universalnode.node.choice;

import org.universalnode.catalog.ImplementationType;

/**
 * What is assumed of a function of which neither its template nor experience says more.
 *
 * @param memoryMegabytes that it has in use
 * @param whole whether its memory is taken as a whole when it starts, so that its limit counts
 * @param startMillis measured for an IPsec client, see docs/resolver.md
 * @param cpuPercent of one core at a gigabit per second
 * @param imageMegabytes of an image that has to be fetched
 */
record Typical(
    long memoryMegabytes, boolean whole, long startMillis, long cpuPercent, long imageMegabytes) {

  static Typical of(ImplementationType type) {
    return switch (type) {
      case NATIVE -> new Typical(2, false, 50, 8, 1);
      case DOCKER -> new Typical(16, false, 330, 8, 100);
      case DPDK -> new Typical(256, true, 300, 30, 10);
      case VIRTUAL_MACHINE_KVM -> new Typical(256, true, 5_600, 35, 400);
      case ONOS_APPLICATION, IOMODULE -> new Typical(64, false, 1_000, 10, 10);
    };
  }
}
