package org.universalnode.switching.ebpf;

import org.universalnode.linux.Link;
import org.universalnode.linux.Offloads;
import org.universalnode.linux.RouteSocket;
import org.universalnode.problem.Problem;

/**
 * Interfaces of the machine as the switch needs them: they take frames for all addresses, because
 * functions behind them have addresses of their own, and join packets of one stream, so that a walk
 * serves many of them.
 */
record GivenInterfaces(RouteSocket route, Offloads offloads) {
  private static final int OUR_PROMISCUITY = 4;
  private static final int OUR_UP = 8;
  private static final int OUR_JOINING = 16;

  /** Flags for what the interface is not yet; to be written down before it is changed. */
  int lacking(Link link) {
    return (link.promiscuous() ? 0 : OUR_PROMISCUITY)
        | (link.fallen() ? OUR_UP : 0)
        | (offloads.joinsPackets(link) ? 0 : OUR_JOINING);
  }

  /** Whether it is as the switch needs it. */
  boolean isOpen(Link link) {
    return lacking(link) == 0;
  }

  void open(Link link) {
    if (!offloads.joinsPackets(link)) {
      offloads.joinPackets(link, true);
    }
    if (!link.promiscuous()) {
      route.promiscuous(link, true);
    }
    if (link.fallen()) {
      route.up(link);
    }
  }

  /** Makes it what it was. */
  void restore(Link link, int flags) {
    if ((flags & OUR_PROMISCUITY) != 0) {
      route.promiscuous(link, false);
    }
    if ((flags & OUR_JOINING) != 0) {
      offloads.joinPackets(link, false);
    }
    if ((flags & OUR_UP) != 0) {
      route.down(link);
    }
  }

  static Problem missing(String name) {
    return Problem.of(
            Problem.Code.UNKNOWN_REFERENCE, "there is no interface \"" + name + "\" on this node")
        .next("create it, or name one that exists");
  }
}
