package org.universalnode.compute;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An instance to be made.
 *
 * @param lsi number of the graph's LSI
 * @param image the implementation: for a native function the folder of its unpacked archive
 * @param ports in the order of the template's positions
 * @param configuration the function's configuration, JSON
 * @param shared name of the instance that serves this graph among others; empty for one of its own.
 *     What is made then is the graph's part of it
 */
public record FunctionSpec(
    InstanceId id,
    int lsi,
    Path image,
    List<PortSpec> ports,
    String configuration,
    Containment containment,
    Optional<String> shared) {

  public FunctionSpec {
    ports = List.copyOf(ports);
  }

  /** The same with another configuration. */
  public FunctionSpec configured(String other) {
    return new FunctionSpec(id, lsi, image, ports, other, containment, shared);
  }
}
