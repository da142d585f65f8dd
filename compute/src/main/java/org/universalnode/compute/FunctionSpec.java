package org.universalnode.compute;

import java.nio.file.Path;
import java.util.List;

/**
 * An instance to be made.
 *
 * @param lsi number of the graph's LSI
 * @param image the implementation: for a native function the folder of its unpacked archive
 * @param ports in the order of the template's positions
 * @param configuration the function's configuration, JSON
 * @param memoryBytes how much memory its processes may use together
 */
public record FunctionSpec(
    InstanceId id,
    int lsi,
    Path image,
    List<PortSpec> ports,
    String configuration,
    long memoryBytes) {

  public FunctionSpec {
    ports = List.copyOf(ports);
  }
}
