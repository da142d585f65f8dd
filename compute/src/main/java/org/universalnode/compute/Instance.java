package org.universalnode.compute;

import java.util.List;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;

/**
 * A created instance.
 *
 * @param namespace name of the network namespace in which the switch makes its ports
 */
public record Instance(InstanceId id, String namespace, List<Port> ports) {

  /**
   * A port, as the switch is to make it.
   *
   * @param interfaceName its name inside the namespace
   */
  public record Port(PortLabel label, String interfaceName, MacAddress mac) {}

  public Instance {
    ports = List.copyOf(ports);
  }
}
