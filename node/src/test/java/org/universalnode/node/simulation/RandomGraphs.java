package org.universalnode.node.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.GraphWriter;
import org.universalnode.nffg.Match;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;

/** Documents of small graphs; no two graphs ask for the same frames. */
final class RandomGraphs {
  /** The function whose instances can be given other ports. */
  static final String HOTPLUG = "image1";

  private static final PortLabel IN = PortLabel.parse("in:0");
  private static final PortLabel SIDE = PortLabel.parse("side:0");
  private static final List<List<PortLabel>> PORTS =
      List.of(List.of(IN), List.of(SIDE), List.of(IN, SIDE));
  private final Random random;

  RandomGraphs(Random random) {
    this.random = random;
  }

  /** Zero to four functions in a chain between two interfaces; the second one all graphs share. */
  String next(String id) {
    List<NetworkFunction> functions = new ArrayList<>();
    List<FlowRule> rules = new ArrayList<>();
    PortRef from = new PortRef.OfEndPoint("own");
    for (int i = 0; i < 4; i++) {
      if (random.nextBoolean()) {
        String name = "image" + random.nextInt(2);
        String configuration = "{\"a\":" + random.nextInt(2) + "}";
        List<PortLabel> ports = PORTS.get(random.nextInt(PORTS.size()));
        functions.add(
            new NetworkFunction(
                "f" + i,
                name,
                "cap",
                "",
                ports.stream().map(FunctionPort::new).toList(),
                configuration));
        PortRef to = new PortRef.OfFunction("f" + i, ports.get(random.nextInt(ports.size())));
        rules.add(rule(i, from, to));
        from = to;
      }
    }
    rules.add(rule(9, from, new PortRef.OfEndPoint("shared")));
    List<EndPoint> ends =
        List.of(
            EndPoint.atInterface("own", id + "-" + random.nextInt(2)),
            EndPoint.atInterface("shared", "wan"));
    return GraphWriter.write(new ServiceGraph(id, "", functions, ends, rules));
  }

  private FlowRule rule(int number, PortRef from, PortRef to) {
    return new FlowRule(
        "r" + number,
        1 + random.nextInt(3),
        "",
        Match.allFrom(from),
        List.of(new Action.Output(to)));
  }
}
