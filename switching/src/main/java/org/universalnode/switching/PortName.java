package org.universalnode.switching;

import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.PortRef;

/** A port of an LSI before any driver made it: what the compiler writes rules with. */
public sealed interface PortName {

  /** A port of LSI-0 that leads out of the graph. */
  sealed interface Outer extends PortName {}

  /** An interface of the machine, in LSI-0. */
  record Physical(String interfaceName) implements Outer {
    @Override
    public String toString() {
      return interfaceName;
    }
  }

  /**
   * A port of a learning switch between graphs, in LSI-0.
   *
   * @param identity names the port on this node for ever: graph and end-point
   */
  record Group(String identity, String group) implements Outer {
    @Override
    public String toString() {
      return "internal group " + group;
    }
  }

  /**
   * An end of a tunnel, in LSI-0.
   *
   * @param identity names the port on this node for ever: graph and end-point
   */
  record Tunnel(String identity, EndPoint.Kind.Tunnel tunnel) implements Outer {
    @Override
    public String toString() {
      String network =
          switch (tunnel) {
            case EndPoint.Kind.GreTunnel gre -> "gre " + gre.key();
            case EndPoint.Kind.Vxlan vxlan -> "vxlan " + vxlan.vni();
          };
      return network + " to " + tunnel.remote();
    }
  }

  /**
   * The machine's own network stack, in LSI-0.
   *
   * @param identity names the port on this node for ever: graph and end-point
   */
  record HostStack(String identity, EndPoint.Kind.HostStack stack) implements Outer {
    @Override
    public String toString() {
      return "host stack of " + identity;
    }
  }

  /** A port of a function, in the graph's LSI. */
  record OfFunction(PortRef.OfFunction port) implements PortName {
    @Override
    public String toString() {
      return port.toString();
    }
  }

  /** An end of the virtual link that leads to {@code destination}, in both LSIs. */
  record Link(String destination) implements PortName {
    @Override
    public String toString() {
      return "link to " + destination;
    }
  }
}
