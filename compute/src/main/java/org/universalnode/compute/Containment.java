package org.universalnode.compute;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.universalnode.nffg.Isolation;

/**
 * What an instance may use of its machine.
 *
 * @param memoryBytes of all its processes together
 * @param processes how many at the same time, threads included
 * @param cpuPercent of one core; empty for no limit, which is faster on several cores
 * @param files of the machine that it may read besides those that programs need anyway
 * @param devices of the machine that it may use, such as {@code /dev/net/tun}
 */
public record Containment(
    Isolation isolation,
    long memoryBytes,
    int processes,
    OptionalInt cpuPercent,
    List<Path> files,
    List<Path> devices) {

  public Containment {
    files = List.copyOf(files);
    devices = List.copyOf(devices);
  }
}
