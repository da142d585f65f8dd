package org.universalnode.switching.ebpf;

import java.util.function.IntPredicate;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.switching.devices.Marks;

/**
 * Pairs of interfaces that a process made and died over before they were ports. Nobody would ask
 * for them to be removed: what is no port is not observed.
 */
record Strays(RouteSocket route, Marks marks) {

  /**
   * Removes them.
   *
   * @param isPort by the index of an interface
   */
  void remove(IntPredicate isPort) {
    for (Link end : route.links()) {
      marks.portOf(end).filter(port -> !is(port, isPort)).ifPresent(_ -> remove(end));
    }
  }

  private boolean is(String name, IntPredicate isPort) {
    return route.link(name).filter(link -> isPort.test(link.index())).isPresent();
  }

  /** With its other end. */
  private void remove(Link end) {
    route.deleteLink(end.name());
  }
}
