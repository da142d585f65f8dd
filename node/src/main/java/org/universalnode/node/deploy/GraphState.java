package org.universalnode.node.deploy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.node.hoststack.ClientState;
import org.universalnode.node.store.Placement;
import org.universalnode.switching.AttachedPort;

/**
 * A graph as it is now.
 *
 * @param reason why it is DEGRADED or FAILED, or can't be deleted; empty otherwise
 * @param percentage of the steps of the change that began last, 0 to 99
 * @param stacks interfaces of the machine's own stack, by end-point
 */
public record GraphState(
    String id,
    ServiceGraph graph,
    Phase phase,
    String reason,
    int percentage,
    List<Function> functions,
    Map<String, Stack> stacks) {

  /** Where a graph is in its life. */
  public enum Phase {
    /** Wanted; its turn has not come. */
    PENDING,
    /** It is being made or changed. */
    DEPLOYING,
    ACTIVE,
    /** It carries traffic, and something of it does not do its work. */
    DEGRADED,
    /** It could not be made; what runs of it goes on. */
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

  /**
   * The machine's own stack at an end-point.
   *
   * @param interfaceName of the machine
   * @param dhcp how its DHCP client is doing, if it has one
   */
  public record Stack(String interfaceName, Optional<ClientState> dhcp) {}

  public GraphState {
    functions = List.copyOf(functions);
    stacks = Map.copyOf(stacks);
  }
}
