package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.universalnode.problem.Problem;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
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
  private final Map<PortName.Physical, Set<String>> users = new HashMap<>();

  /** One graph's rules, with the ports that they name. */
  private record Share(List<SteeringRule> rules, Map<PortName, LsiPort> ports) {}

  BaseRules(SwitchDriver driver) {
    this.driver = driver;
  }

  synchronized AttachedPort plug(String graph, PortName.Physical port) {
    AttachedPort plugged = driver.createPort(LsiId.BASE, attachment(port)).orThrow();
    users.computeIfAbsent(port, _ -> new HashSet<>()).add(graph);
    return plugged;
  }

  /** The last graph that unplugs it gives the interface back to the host. */
  synchronized void unplug(String graph, PortName.Physical port) {
    Set<String> left = users.getOrDefault(port, new HashSet<>());
    left.remove(graph);
    if (left.isEmpty()) {
      users.remove(port);
      driver.deletePort(LsiId.BASE, attachment(port)).orThrow();
    }
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
            wanted.forEach(
                rule ->
                    clash(rule, share.rules()).ifPresent(id -> found.put(rule.id(), taken(id))));
          }
        });
    return found;
  }

  /** Sets the rules of one graph; those of the others stay as they are. */
  synchronized void set(String graph, List<SteeringRule> rules, Map<PortName, LsiPort> ports) {
    for (Problem conflict : conflicts(graph, rules).values()) {
      throw conflict.asException();
    }
    Share before = shares.getOrDefault(graph, new Share(List.of(), Map.of()));
    Share after = new Share(List.copyOf(rules), Map.copyOf(ports));
    Set<LsiPort> touched = new HashSet<>(inPorts(before));
    touched.addAll(inPorts(after));
    remember(graph, after);
    try {
      applyTables(touched);
    } catch (RuntimeException e) {
      remember(graph, before);
      throw e;
    }
  }

  /** Remembers rules that the switch has already, from an earlier life of the node. */
  synchronized void adopt(String graph, List<SteeringRule> rules, Map<PortName, LsiPort> ports) {
    remember(graph, new Share(List.copyOf(rules), Map.copyOf(ports)));
  }

  /** Makes the switch's tables what all graphs together ask for; {@code present} are in it now. */
  synchronized void applyAll(Set<LsiPort> present) {
    Set<LsiPort> touched = new HashSet<>(present);
    shares.values().forEach(share -> touched.addAll(inPorts(share)));
    applyTables(touched);
  }

  private void remember(String graph, Share share) {
    if (share.rules().isEmpty()) {
      shares.remove(graph);
    } else {
      shares.put(graph, share);
    }
  }

  private void applyTables(Set<LsiPort> inPorts) {
    Map<Integer, List<SwitchRule>> tables = new HashMap<>();
    inPorts.forEach(port -> tables.put(port.number(), table(port)));
    driver.apply(LsiId.BASE, new RuleChange(tables)).orThrow();
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

  private static Optional<String> clash(SteeringRule rule, List<SteeringRule> others) {
    return others.stream()
        .filter(other -> rule.in() instanceof PortName.Physical && other.in().equals(rule.in()))
        .filter(other -> other.priority() == rule.priority())
        .filter(other -> other.match().equals(rule.match()))
        .map(SteeringRule::id)
        .findFirst();
  }

  private static Problem taken(String rule) {
    return Problem.of(
            Problem.Code.CONFLICT, "the same traffic, at the same priority, goes to rule " + rule)
        .next("match other traffic, or use another priority or interface");
  }

  private static Attachment attachment(PortName.Physical port) {
    return new Attachment.HostInterface(port.interfaceName());
  }
}
