package org.universalnode.bench.forwarding;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.universalnode.bench.lab.Ends;
import org.universalnode.bench.lab.GraphDocument;
import org.universalnode.bench.lab.Lab;
import org.universalnode.bench.lab.NodeProcess;
import org.universalnode.bench.lab.Plugged;

/**
 * The ways from one host to another that are compared. Each has hosts of its own, and all are there
 * at the same time.
 */
enum Route {
  /** One veth pair, whose ends are the hosts' interfaces. */
  DIRECT,
  /** Each host's cable ends at the node, whose graph joins them: they meet in LSI-0. */
  LSI,
  /**
   * A namespace with a Linux bridge that joins both cables: what one would make by hand in place of
   * an LSI, and also in place of {@link #CHAIN}.
   */
  BRIDGE,
  /** As LSI, with a graph that leads through the bridge function, and so through two LSIs twice. */
  CHAIN;

  /**
   * One route measured against another.
   *
   * @param name in the names of figures
   */
  record Comparison(String name, Route route, Route reference) {}

  static final List<Comparison> COMPARISONS =
      List.of(
          new Comparison("lsi of direct", LSI, DIRECT),
          new Comparison("bridge of direct", BRIDGE, DIRECT),
          new Comparison("chain of hand-made", CHAIN, BRIDGE));

  static Map<Route, Ends> open(Lab lab) {
    Plugged straight = lab.plugged();
    Plugged chained = lab.plugged();
    NodeProcess node = lab.node(straight, chained);
    node.put("lsi", GraphDocument.wire(straight).toString());
    node.put("chain", GraphDocument.chain(chained).toString());
    Map<Route, Ends> all = new EnumMap<>(Route.class);
    all.put(DIRECT, lab.direct());
    all.put(LSI, straight.ends());
    all.put(BRIDGE, lab.bridged());
    all.put(CHAIN, chained.ends());
    return all;
  }

  /** In the names of figures. */
  String word() {
    return switch (this) {
      case DIRECT -> "direct";
      case LSI -> "lsi";
      case BRIDGE -> "bridge";
      case CHAIN -> "chain";
    };
  }
}
