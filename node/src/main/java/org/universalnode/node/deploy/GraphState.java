package org.universalnode.node.deploy;

import java.util.List;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.store.Placement;
import org.universalnode.switching.AttachedPort;

/**
 * A graph as it is now.
 *
 * @param reason why it is FAILED; empty otherwise
 */
public record GraphState(
    String id, ServiceGraph graph, Phase phase, String reason, List<Function> functions) {

  /** Where a graph is in its life. */
  public enum Phase {
    DEPLOYING,
    ACTIVE,
    FAILED,
    DELETING
  }

  /** A function of it, with what the system says of its instance. */
  public record Function(
      String id, Placement placement, ObservedInstance observed, List<Port> ports) {

    public Function {
      ports = List.copyOf(ports);
    }
  }

  /**
   * A port of a function.
   *
   * @param interfaceName inside the function's namespace
   * @param attached where the switch has it
   */
  public record Port(String id, String interfaceName, String mac, AttachedPort attached) {}

  public GraphState {
    functions = List.copyOf(functions);
  }
}
