package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.PortRef;
import org.universalnode.node.deploy.GraphEntry.Moment;
import org.universalnode.node.plan.DesiredGraph;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.PortName;
import org.universalnode.switching.SteeringRule;
import org.universalnode.switching.SwitchCounters;
import org.universalnode.switching.SwitchCounters.Count;
import org.universalnode.switching.SwitchCounters.Traffic;
import org.universalnode.switching.SwitchDriver;

/**
 * What went through a graph. A rule of the document is decided in one LSI, so it has one number,
 * which never falls while the rule is there.
 *
 * @param rules in the order of the document
 * @param ports end-points, then functions' ports, by name; those that the switch has no port for
 *     are left out, and all are as long as nobody knows what runs
 * @param links by destination
 */
public record GraphCounters(String id, List<Rule> rules, List<Port> ports, List<Link> links) {
  private static final Traffic NOTHING = new Traffic(Count.NONE, Count.NONE, Count.NONE);

  /** The frames that a rule decided on, in that LSI. */
  public record Rule(String id, LsiId lsi, Count count) {}

  /**
   * What went through a port.
   *
   * @param interfaceName of the machine, if the port is one; then these are the frames of all
   *     end-points, of all graphs, at that interface
   */
  public record Port(PortRef port, Optional<String> interfaceName, Traffic traffic) {}

  /** What the virtual link to that port of the graph carried between LSI-0 and the graph's LSI. */
  public record Link(String destination, Count count) {}

  public GraphCounters {
    rules = List.copyOf(rules);
    ports = List.copyOf(ports);
    links = List.copyOf(links);
  }

  static GraphCounters read(Moment moment, SwitchDriver driver) {
    return read(moment, driver, driver.counters(LsiId.BASE).orThrow());
  }

  /** With LSI-0's counters at hand, which are the same for all graphs. */
  static GraphCounters read(Moment moment, SwitchDriver driver, SwitchCounters base) {
    DesiredGraph graph = moment.desired();
    Reader reader = new Reader(graph, base, driver.counters(graph.lsi()).orThrow());
    List<Port> ports = moment.deployed().map(reader::ports).orElse(List.of());
    return new GraphCounters(graph.id(), reader.rules(), ports, reader.links());
  }

  private record Reader(DesiredGraph graph, SwitchCounters base, SwitchCounters own) {

    List<Rule> rules() {
      return graph.graph().rules().stream().map(this::rule).toList();
    }

    private Rule rule(FlowRule rule) {
      LsiId lsi =
          switch (rule.match().portIn()) {
            case PortRef.OfEndPoint _ -> LsiId.BASE;
            case PortRef.OfFunction _ -> graph.lsi();
          };
      return new Rule(rule.id(), lsi, count(lsi.isBase() ? base : own, graph.ruleId(rule)));
    }

    List<Port> ports(Deployed deployed) {
      List<Port> ports = new ArrayList<>();
      deployed
          .interfaces()
          .forEach((name, attached) -> ports.addAll(endPoints(name, traffic(base, attached))));
      deployed
          .functionPorts()
          .forEach((ref, port) -> ports.add(new Port(ref, Optional.empty(), traffic(own, port))));
      ports.sort(Comparator.comparing(port -> port.port().toString()));
      return ports;
    }

    private List<Port> endPoints(PortName.Outer name, Traffic traffic) {
      Optional<String> interfaceName =
          name instanceof PortName.Physical(String at) ? Optional.of(at) : Optional.empty();
      return graph.endPointsAt(name).stream()
          .map(at -> new Port(new PortRef.OfEndPoint(at.id()), interfaceName, traffic))
          .toList();
    }

    /** A link's frames are those that its far end forwards: that rule forwards all of them. */
    List<Link> links() {
      List<Link> links = new ArrayList<>();
      addLinks(graph.rules().base(), base, links);
      addLinks(graph.rules().graph(), own, links);
      links.sort(Comparator.comparing(Link::destination));
      return links;
    }

    private static void addLinks(
        List<SteeringRule> rules, SwitchCounters counters, List<Link> links) {
      for (SteeringRule rule : rules) {
        if (rule.in() instanceof PortName.Link(String destination)) {
          links.add(new Link(destination, count(counters, rule.id())));
        }
      }
    }

    /** A rule that no frame met yet, or that is not in the switch, has decided on nothing. */
    private static Count count(SwitchCounters counters, String rule) {
      return counters.rules().getOrDefault(rule, Count.NONE);
    }

    private static Traffic traffic(SwitchCounters counters, AttachedPort port) {
      return counters.ports().getOrDefault(port.port().number(), NOTHING);
    }
  }
}
