package org.universalnode.node.deploy;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.universalnode.nffg.EndPoint.Addressing;
import org.universalnode.node.hoststack.DhcpClients;
import org.universalnode.node.hoststack.StackInterface;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.GraphCompiler;
import org.universalnode.switching.PortName;

/**
 * When the DHCP clients of graphs come and go: they begin after the rules by which their requests
 * leave, and end before those go, so that they can release what they have.
 */
record StackClients(DhcpClients clients) {

  private static final System.Logger LOG = System.getLogger(StackClients.class.getName());

  /**
   * Sees that every client of a graph that carries traffic runs; those that do go on. One that
   * can't be begun is logged: the graph carries its traffic all the same.
   */
  void begin(Deployed deployed) {
    deployed
        .interfaces()
        .forEach(
            (name, port) -> {
              if (name instanceof PortName.HostStack stack) {
                begin(stack, port);
              }
            });
  }

  /** The same for one interface, if it has its address from a client. */
  void begin(PortName.HostStack stack, AttachedPort port) {
    if (needsClient(stack)) {
      begin(stack.identity(), port.stackInterface());
    }
  }

  private void begin(String identity, String at) {
    try {
      clients.keep(StackInterface.of(identity, at));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "no DHCP client for " + identity + " at " + at, e);
    }
  }

  /** Ends the clients at these interfaces. */
  void end(List<PortName.HostStack> stacks) {
    end(stacks.stream().filter(StackClients::needsClient).map(PortName.HostStack::identity));
  }

  /** Ends all clients of a graph, also those that only a change which failed had. */
  void endAll(DesiredGraph graph) {
    end(
        clients.identities().stream()
            .filter(identity -> identity.startsWith(GraphCompiler.identity(graph.id(), ""))));
  }

  /** A release takes its time, for all at once as for one. */
  private void end(Stream<String> identities) {
    Together.run(identities.toList(), clients::end);
  }

  /** End-points that have a client and are in none of these graphs. */
  Set<String> strays(Collection<DesiredGraph> wanted) {
    Set<String> strays = new HashSet<>(clients.identities());
    wanted.stream().flatMap(StackClients::stacks).forEach(at -> strays.remove(at.identity()));
    return strays;
  }

  private static Stream<PortName.HostStack> stacks(DesiredGraph graph) {
    return graph.rules().outerPorts().stream()
        .flatMap(port -> port instanceof PortName.HostStack stack ? Stream.of(stack) : Stream.of())
        .filter(StackClients::needsClient);
  }

  private static boolean needsClient(PortName.HostStack at) {
    return at.stack().configuration() == Addressing.DHCP;
  }
}
