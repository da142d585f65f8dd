package org.universalnode.nffg;

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

  /** What an end-point is attached to. */
  public sealed interface Kind {

    /**
     * A network interface of the node.
     *
     * @param interfaceName as the kernel calls it, such as {@code eth0}
     * @param nodeId kept and not used; empty if absent
     */
    record Interface(String interfaceName, String nodeId) implements Kind {}
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
