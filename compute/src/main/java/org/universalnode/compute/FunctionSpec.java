package org.universalnode.compute;

import java.util.List;
import java.util.Optional;

/**
 * An instance to be made.
 *
 * @param lsi number of the graph's LSI
 * @param image what {@link FunctionDriver#install} called it
 * @param ports in the order of the template's positions
 * @param configuration the function's configuration, JSON
 * @param shared name of the instance that serves this graph among others; empty for one of its own.
 *     What is made then is the graph's part of it
 * @param surroundings what it finds around itself
 */
public record FunctionSpec(
    InstanceId id,
    int lsi,
    String image,
    List<PortSpec> ports,
    String configuration,
    Containment containment,
    Optional<String> shared,
    Surroundings surroundings) {

  public FunctionSpec {
    ports = List.copyOf(ports);
  }

  /** One in bare surroundings. */
  public FunctionSpec(
      InstanceId id,
      int lsi,
      String image,
      List<PortSpec> ports,
      String configuration,
      Containment containment,
      Optional<String> shared) {
    this(id, lsi, image, ports, configuration, containment, shared, Surroundings.BARE);
  }

  /** The same with other ports. */
  public FunctionSpec ported(List<PortSpec> others) {
    return new FunctionSpec(
        id, lsi, image, others, configuration, containment, shared, surroundings);
  }

  /** The same with another configuration. */
  public FunctionSpec configured(String other) {
    return new FunctionSpec(id, lsi, image, ports, other, containment, shared, surroundings);
  }
}
