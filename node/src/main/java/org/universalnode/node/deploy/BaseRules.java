package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.nffg.EndPoint;
import org.universalnode.problem.Problem;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.Overlap;
import org.universalnode.switching.PortName;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SteeringRule;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;

/**
 * LSI-0, where all graphs meet: which graphs use an interface of the machine, and the rules of
 * each. The interface is the switch's as long as one graph uses it.
 */
final class BaseRules {
  private final SwitchDriver driver;
  private final Map<String, Share> shares = new HashMap<>();
  private final Map<PortName.Outer, Set<String>> users = new HashMap<>();

  /** One graph's rules, with the ports that they name. */
  record Share(List<SteeringRule> rules, Map<PortName, LsiPort> ports) {
    static final Share NONE = new Share(List.of(), Map.of());

    Share {
      rules = List.copyOf(rules);
      ports = Map.copyOf(ports);
    }
  }

  BaseRules(SwitchDriver driver) {
    this.driver = driver;
  }

  synchronized AttachedPort plug(String graph, PortName.Outer port) {
    AttachedPort plugged = driver.createPort(LsiId.BASE, attachment(port)).orThrow();
    users.computeIfAbsent(port, _ -> new HashSet<>()).add(graph);
    return plugged;
  }

  /** The last graph that unplugs it gives the interface back to the host. */
  synchronized void unplug(String graph, PortName.Outer port) {
    Set<String> left = users.getOrDefault(port, new HashSet<>());
    left.remove(graph);
    if (left.isEmpty()) {
      users.remove(port);
      driver.deletePort(LsiId.BASE, attachment(port)).orThrow();
    }
  }

  /** Interfaces that stay the switch's whatever becomes of one graph: another one uses them. */
  synchronized Set<PortName.Outer> usedByOthers(String graph) {
    return users.entrySet().stream()
        .filter(use -> use.getValue().stream().anyMatch(user -> !user.equals(graph)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Which of a graph's rules another graph has already: one would take the other's traffic.
   *
   * @return the problems, without pointers, by rule id
   */
  synchronized Map<String, Problem> conflicts(String graph, List<SteeringRule> wanted) {
    Map<String, Problem> found = new HashMap<>();
    shares.forEach(
        (other, share) -> {
          if (!other.equals(graph)) {
            ofInterfaces(wanted)
                .forEach(
                    (in, rules) -> {
                      List<SteeringRule> theirs = ofInterfaces(share.rules()).get(in);
                      if (theirs != null) {
                        Overlap.between(rules, theirs)
                            .forEach((id, rule) -> found.put(id, taken(rule)));
                      }
                    });
          }
        });
    return found;
  }

  /**
   * Sets the rules of one graph; those of the others stay as they are.
   *
   * @param own the tables of the graph's own LSI that change at the same moment
   */
  synchronized void set(String graph, Share after, Map<LsiPort, List<SwitchRule>> own) {
    for (Problem conflict : conflicts(graph, after.rules()).values()) {
      throw conflict.asException();
    }
    Share before = shares.getOrDefault(graph, Share.NONE);
    Set<LsiPort> touched = new HashSet<>(inPorts(before));
    touched.addAll(inPorts(after));
    Map<LsiPort, List<SwitchRule>> old = tables(touched);
    remember(graph, after);
    try {
      Map<LsiPort, List<SwitchRule>> changed = tables(touched);
      changed.entrySet().removeIf(table -> table.getValue().equals(old.get(table.getKey())));
      changed.putAll(own);
      driver.apply(new RuleChange(changed)).orThrow();
    } catch (RuntimeException e) {
      remember(graph, before);
      throw e;
    }
  }

  /** Remembers rules that the switch has already, from an earlier life of the node. */
  synchronized void adopt(String graph, Share share) {
    remember(graph, share);
  }

  /** Makes the switch's tables what all graphs together ask for; {@code present} are in it now. */
  synchronized void applyAll(Set<LsiPort> present) {
    Set<LsiPort> touched = new HashSet<>(present);
    shares.values().forEach(share -> touched.addAll(inPorts(share)));
    driver.apply(new RuleChange(tables(touched))).orThrow();
  }

  private void remember(String graph, Share share) {
    if (share.rules().isEmpty()) {
      shares.remove(graph);
    } else {
      shares.put(graph, share);
    }
  }

  private Map<LsiPort, List<SwitchRule>> tables(Set<LsiPort> inPorts) {
    Map<LsiPort, List<SwitchRule>> tables = new HashMap<>();
    inPorts.forEach(port -> tables.put(port, table(port)));
    return tables;
  }

  private List<SwitchRule> table(LsiPort in) {
    List<SwitchRule> table = new ArrayList<>();
    for (Share share : shares.values()) {
      share.rules().stream()
          .filter(rule -> in.equals(share.ports().get(rule.in())))
          .forEach(rule -> table.add(rule.resolved(share.ports())));
    }
    return table;
  }

  private static Set<LsiPort> inPorts(Share share) {
    Set<LsiPort> ports = new HashSet<>();
    share.rules().forEach(rule -> ports.add(share.ports().get(rule.in())));
    return ports;
  }

  private static Map<PortName, List<SteeringRule>> ofInterfaces(List<SteeringRule> rules) {
    return rules.stream()
        .filter(rule -> rule.in() instanceof PortName.Physical)
        .collect(Collectors.groupingBy(SteeringRule::in));
  }

  private static Problem taken(SteeringRule rule) {
    return Problem.of(
            Problem.Code.CONFLICT,
            "frames that it matches at " + rule.in() + " go to rule " + rule.id() + " already")
        .next("match other frames, or use another interface");
  }

  private static Attachment attachment(PortName.Outer port) {
    return switch (port) {
      case PortName.Physical(String name) -> new Attachment.HostInterface(name);
      case PortName.Group(String identity, String group) -> new Attachment.Group(identity, group);
      case PortName.Tunnel(String identity, EndPoint.Kind.Vxlan tunnel) ->
          new Attachment.Tunnel(identity, tunnel);
      case PortName.HostStack(String identity, EndPoint.Kind.HostStack stack) ->
          new Attachment.HostStack(identity, stack);
    };
  }
}
