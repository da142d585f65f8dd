package org.universalnode.nffg;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A place where traffic enters and leaves the graph.
 *
 * @param id unique among the graph's end-points
 * @param name for people; empty if absent
 * @param kind what it is attached to
 * @param extras what the document says besides (domain, gui-position): a JSON object as canonical
 *     text, kept and not used
 */
public record EndPoint(String id, String name, Kind kind, String extras) {

  /** What an end-point is attached to. Node ids are kept and not used; empty if absent. */
  public sealed interface Kind {

    /**
     * A network interface of the node.
     *
     * @param interfaceName as the kernel calls it, such as {@code eth0}
     */
    record Interface(String interfaceName, String nodeId) implements Kind {}

    /** A network interface of the node by which traffic only leaves; nobody ever carried it. */
    record InterfaceOut(String interfaceName, String nodeId) implements Kind {}

    /**
     * The frames of one VLAN at an interface; they have no tag inside the graph.
     *
     * @param vlan 1 to 4094
     */
    record Vlan(int vlan, String interfaceName, String nodeId) implements Kind {}

    /** Frames carried in packets of an IP network, whose two addresses are of one family. */
    sealed interface Tunnel extends Kind {
      IpAddress local();

      IpAddress remote();

      /** Of the outer packets, 1 to 255; the switch chooses if absent. */
      OptionalInt ttl();
    }

    /**
     * A GRE tunnel that carries Ethernet frames, RFC 2784 and 2890.
     *
     * @param key 0 to 4294967295
     * @param ttl of the outer packets, 1 to 255
     * @param secure whether the tunnel goes through IPsec
     */
    record GreTunnel(IpAddress local, IpAddress remote, long key, OptionalInt ttl, boolean secure)
        implements Tunnel {}

    /**
     * A VXLAN tunnel, RFC 7348; not part of the published formalism.
     *
     * @param vni network identifier, 0 to 16777215
     * @param port UDP port of the remote side, 4789 if absent
     * @param ttl of the outer packets, 1 to 255
     */
    record Vxlan(IpAddress local, IpAddress remote, int vni, OptionalInt port, OptionalInt ttl)
        implements Tunnel {}

    /** A switch between all end-points, of all graphs, that name this group. */
    record Internal(String group, String nodeId) implements Kind {}

    /**
     * The node's own network stack, by an interface made for this end-point.
     *
     * @param address required if the configuration is static, without effect otherwise
     * @param mac the node chooses if absent
     * @param account required if the configuration is PPPoE
     */
    record HostStack(
        Addressing configuration,
        Optional<InterfaceAddress> address,
        Optional<MacAddress> mac,
        Optional<Account> account)
        implements Kind {}

    /** Nothing yet: an orchestrator above has to say what. No node can deploy it. */
    record Unbound() implements Kind {}

    /** The published word for it. */
    default EndPointType type() {
      return switch (this) {
        case Interface _ -> EndPointType.INTERFACE;
        case InterfaceOut _ -> EndPointType.INTERFACE_OUT;
        case Vlan _ -> EndPointType.VLAN;
        case GreTunnel _ -> EndPointType.GRE_TUNNEL;
        case Vxlan _ -> EndPointType.VXLAN;
        case Internal _ -> EndPointType.INTERNAL;
        case HostStack _ -> EndPointType.HOST_STACK;
        case Unbound _ -> EndPointType.UNBOUND;
      };
    }
  }

  /** How an interface of the host's stack gets its address. */
  public enum Addressing {
    DHCP,
    STATIC,
    PPPOE
  }

  /** With a provider of PPPoE access. */
  public record Account(String username, String password) {
    @Override
    public String toString() {
      return "Account[username=" + username + ", password=***]";
    }
  }

  public EndPoint {
    Identifier.id(id);
    extras = Extras.canonical(extras);
  }

  /** An end-point at an interface, of which nothing else is said. */
  public static EndPoint atInterface(String id, String interfaceName) {
    return new EndPoint(id, "", new Kind.Interface(interfaceName, ""), Extras.NONE);
  }
}
