package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.universalnode.nffg.EndPoint;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
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

  /** As the switch made them last. */
  private final Map<PortName.Outer, AttachedPort> plugged = new HashMap<>();

  private final Set<String> lacking = new HashSet<>();

  /** Shares of graphs that the switch said it could not take: it may have taken them in part. */
  private final Map<String, Share> doubtful = new HashMap<>();

  BaseRules(SwitchDriver driver) {
    this.driver = driver;
  }

  synchronized AttachedPort plug(String graph, PortName.Outer port) {
    plugged.remove(port);
    switch (driver.createPort(LsiId.BASE, attachment(port))) {
      case Result.Done<AttachedPort>(AttachedPort made) -> {
        users.computeIfAbsent(port, _ -> new HashSet<>()).add(graph);
        plugged.put(port, made);
        return made;
      }
      case Result.Failed<AttachedPort>(Problem problem) -> {
        lacking.add(graph);
        throw problem.asException();
      }
    }
  }

  /** Whether the port was plugged, and with another device than that one. */
  synchronized boolean isElsewhere(PortName.Outer port, int index) {
    AttachedPort present = plugged.get(port);
    return present != null && present.index() != index;
  }

  /** Whether a port of the graph could not be plugged; see {@link #expectNoLack}. */
  synchronized boolean isLacking(String graph) {
    return lacking.contains(graph);
  }

  /** Its ports will be plugged anew. */
  synchronized void expectNoLack(String graph) {
    lacking.remove(graph);
  }

  /** The last graph that unplugs it gives the interface back to the host. */
  synchronized void unplug(String graph, PortName.Outer port) {
    Set<String> left = users.getOrDefault(port, new HashSet<>());
    left.remove(graph);
    lacking.remove(graph);
    if (left.isEmpty()) {
      users.remove(port);
      plugged.remove(port);
      Optional<PortName.Outer> successor =
          users.keySet().stream().filter(other -> isOneEndPoint(other, port)).findFirst();
      if (successor.isPresent()) {
        plugged.put(
            successor.get(), driver.createPort(LsiId.BASE, attachment(successor.get())).orThrow());
      } else {
        driver.deletePort(LsiId.BASE, attachment(port)).orThrow();
      }
    }
  }

  /**
   * Removes the ports of LSI-0 that no graph has; none as long as a graph could not plug one, which
   * may be there.
   *
   * @throws org.universalnode.problem.ProblemException if one resists
   */
  synchronized void sweep() {
    if (!lacking.isEmpty()) {
      return;
    }
    Set<LsiPort> known =
        plugged.values().stream().map(AttachedPort::port).collect(Collectors.toSet());
    driver.observe().orThrow().ports().stream()
        .map(AttachedPort::port)
        .filter(port -> port.lsi().isBase() && !known.contains(port))
        .forEach(port -> driver.deletePort(port).orThrow());
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
      changed.putAll(shares.tables(Share.NONE, doubtful.getOrDefault(graph, Share.NONE)));
      changed.putAll(own);
      driver.apply(new RuleChange(changed)).orThrow();
      doubtful.remove(graph);
    } catch (RuntimeException e) {
      shares.put(graph, before);
      doubtful.put(graph, after);
      throw e;
    }
  }

  /** Remembers rules that the switch has already, from an earlier life of the node. */
  synchronized void adopt(String graph, Share share) {
    shares.put(graph, share);
  }

  /**
   * Makes the switch's tables what all graphs together ask for, at one moment. If it refuses that,
   * graphs are asked for one by one, so that each one's rules decide on that graph only.
   *
   * @param present in-ports that have rules now
   * @param own the tables of graphs' own LSIs, by the graphs' ids
   * @return why a graph is without its rules here from now on, by its id
   */
  synchronized Map<String, Problem> applyAll(
      Set<LsiPort> present, Map<String, Map<LsiPort, List<SwitchRule>>> own) {
    Map<LsiPort, List<SwitchRule>> tables = new HashMap<>();
    present.forEach(port -> tables.put(port, List.of()));
    tables.putAll(shares.tables());
    own.values().forEach(tables::putAll);
    return switch (driver.apply(new RuleChange(tables))) {
      case Result.Done<Nothing> _ -> Map.of();
      case Result.Failed<Nothing> _ -> applyEach(tables, own);
    };
  }

  /** First goes what no graph asks for, so that it takes nobody's room. */
  private Map<String, Problem> applyEach(
      Map<LsiPort, List<SwitchRule>> all, Map<String, Map<LsiPort, List<SwitchRule>>> own) {
    Map<LsiPort, List<SwitchRule>> strays = new HashMap<>(all);
    strays.values().removeIf(rules -> !rules.isEmpty());
    driver.apply(new RuleChange(strays)).orThrow();
    Map<String, Share> asked = shares.takeAll();
    own.keySet().forEach(graph -> asked.putIfAbsent(graph, Share.NONE));
    Map<String, Problem> refused = new TreeMap<>();
    asked.forEach(
        (graph, share) -> {
          try {
            set(graph, share, own.getOrDefault(graph, Map.of()));
          } catch (RuntimeException e) {
            refused.put(graph, Problem.of(e));
          }
        });
    refused.keySet().forEach(graph -> clear(Objects.requireNonNull(asked.get(graph))));
    return refused;
  }

  /** The in-ports of a share that was refused may have rules of it from before. */
  private void clear(Share refused) {
    driver.apply(new RuleChange(shares.tables(Share.NONE, refused))).orThrow();
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
