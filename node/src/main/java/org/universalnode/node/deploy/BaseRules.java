package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.nffg.EndPoint;
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
  private final Shares shares = new Shares();
  private final Map<PortName.Outer, Set<String>> users = new HashMap<>();

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
      Optional<PortName.Outer> successor =
          users.keySet().stream().filter(other -> isOneEndPoint(other, port)).findFirst();
      if (successor.isPresent()) {
        driver.createPort(LsiId.BASE, attachment(successor.get())).orThrow();
      } else {
        driver.deletePort(LsiId.BASE, attachment(port)).orThrow();
      }
    }
  }

  /** An end-point that changes is another port by name, and the same one for the switch. */
  private static boolean isOneEndPoint(PortName.Outer one, PortName.Outer other) {
    return switch (one) {
      case PortName.Tunnel tunnel ->
          other instanceof PortName.Tunnel o
              && o.identity().equals(tunnel.identity())
              && o.tunnel().type() == tunnel.tunnel().type();
      case PortName.HostStack stack ->
          other instanceof PortName.HostStack o && o.identity().equals(stack.identity());
      case PortName.Physical _, PortName.Group _ -> false;
    };
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
    shares.overlaps(graph, wanted).forEach((id, rule) -> found.put(id, taken(rule)));
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
    Share before = shares.put(graph, after);
    try {
      Map<LsiPort, List<SwitchRule>> changed = shares.tables(before, after);
      changed.putAll(own);
      driver.apply(new RuleChange(changed)).orThrow();
    } catch (RuntimeException e) {
      shares.put(graph, before);
      throw e;
    }
  }

  /** Remembers rules that the switch has already, from an earlier life of the node. */
  synchronized void adopt(String graph, Share share) {
    shares.put(graph, share);
  }

  /** Makes the switch's tables what all graphs together ask for; {@code present} are in it now. */
  synchronized void applyAll(Set<LsiPort> present) {
    Map<LsiPort, List<SwitchRule>> tables = new HashMap<>();
    present.forEach(port -> tables.put(port, List.of()));
    tables.putAll(shares.tables());
    driver.apply(new RuleChange(tables)).orThrow();
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
      case PortName.Tunnel(String identity, EndPoint.Kind.Tunnel tunnel) ->
          new Attachment.Tunnel(identity, tunnel);
      case PortName.HostStack(String identity, EndPoint.Kind.HostStack stack) ->
          new Attachment.HostStack(identity, stack);
    };
  }
}
