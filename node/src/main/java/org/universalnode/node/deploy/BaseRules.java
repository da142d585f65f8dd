package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

  /** One graph's rules, by in-port, with the ports that they name. */
  record Share(Map<PortName, List<SteeringRule>> rules, Map<PortName, LsiPort> ports) {
    static final Share NONE = new Share(Map.of(), Map.of());

    Share {
      rules = Map.copyOf(rules);
      ports = Map.copyOf(ports);
    }

    static Share of(List<SteeringRule> rules, Map<PortName, LsiPort> ports) {
      return new Share(byInPort(rules), ports);
    }

    private Set<In> inPorts() {
      return rules.keySet().stream()
          .map(in -> new In(in, Objects.requireNonNull(ports.get(in))))
          .collect(Collectors.toSet());
    }
  }

  /** An in-port; its number alone may have been another's before. */
  private record In(PortName name, LsiPort port) {}

  private static Map<PortName, List<SteeringRule>> byInPort(List<SteeringRule> rules) {
    return rules.stream().collect(Collectors.groupingBy(SteeringRule::in));
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
    return conflicts(graph, byInPort(wanted));
  }

  private Map<String, Problem> conflicts(String graph, Map<PortName, List<SteeringRule>> wanted) {
    Map<String, Problem> found = new HashMap<>();
    shares.forEach(
        (other, share) ->
            wanted.forEach(
                (in, rules) -> {
                  List<SteeringRule> theirs = share.rules().get(in);
                  if (!other.equals(graph) && in instanceof PortName.Physical && theirs != null) {
                    Overlap.between(rules, theirs)
                        .forEach((id, rule) -> found.put(id, taken(rule)));
                  }
                }));
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
    Set<In> touched = new HashSet<>(before.inPorts());
    touched.addAll(after.inPorts());
    remember(graph, after);
    try {
      Map<LsiPort, List<SwitchRule>> changed = tables(touched);
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
    Map<LsiPort, List<SwitchRule>> tables = new HashMap<>();
    present.forEach(port -> tables.put(port, List.of()));
    shares.values().forEach(share -> tables.putAll(tables(share.inPorts())));
    driver.apply(new RuleChange(tables)).orThrow();
  }

  private void remember(String graph, Share share) {
    if (share.rules().isEmpty()) {
      shares.remove(graph);
    } else {
      shares.put(graph, share);
    }
  }

  private Map<LsiPort, List<SwitchRule>> tables(Set<In> inPorts) {
    Map<LsiPort, List<SwitchRule>> tables = new HashMap<>();
    // A number may be named twice: by what it was before, which has no rules any more.
    inPorts.forEach(
        in -> tables.merge(in.port(), table(in), (one, other) -> one.isEmpty() ? other : one));
    return tables;
  }

  private List<SwitchRule> table(In in) {
    return shares.values().stream()
        .filter(share -> in.port().equals(share.ports().get(in.name())))
        .flatMap(
            share ->
                share.rules().getOrDefault(in.name(), List.of()).stream()
                    .map(rule -> rule.resolved(share.ports())))
        .toList();
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
