package org.universalnode.switching.kit;

import java.util.function.Consumer;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.VirtualLink;

/**
 * What somebody may do behind a driver's back to one of two graphs. The other one loses nothing by
 * it, nor by its repair.
 *
 * @param what for people
 * @param told the LSI that a watcher must hear of
 * @param silent whether only {@code verify} can find it
 */
public record Harm(String what, LsiId told, boolean silent, Consumer<Victim> doing) {

  /**
   * A graph: an interface of the machine, a virtual link, and a function.
   *
   * @param node name of the node
   * @param links of the namespace in which the switch is
   * @param machine its port in LSI-0
   * @param link between LSI-0 and the graph's
   * @param function its port in the graph's LSI
   * @param far what the function has
   */
  public record Victim(
      String node,
      RouteSocket links,
      AttachedPort machine,
      VirtualLink link,
      AttachedPort function,
      Attachment.FunctionInterface far) {

    /** Links of the function. */
    public RouteSocket inside() {
      return namespace().routeSocket();
    }

    /** Where the function is. */
    public NetworkNamespace namespace() {
      return NetworkNamespace.named(far.namespace());
    }
  }

  /** Something that the driver hears of. */
  public static Harm told(String what, LsiId told, Consumer<Victim> doing) {
    return new Harm(what, told, false, doing);
  }

  /** Something that it must look for. */
  public static Harm silent(String what, LsiId told, Consumer<Victim> doing) {
    return new Harm(what, told, true, doing);
  }

  @Override
  public String toString() {
    return what;
  }
}
