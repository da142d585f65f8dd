package org.universalnode.node.deploy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.universalnode.node.deploy.Share.In;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.Overlap;
import org.universalnode.switching.PortName;
import org.universalnode.switching.SteeringRule;
import org.universalnode.switching.SwitchRule;

/**
 * What all graphs have at LSI-0, the one that changed last at the end. What is asked about one
 * graph looks at the in-ports of that graph only. Not thread-safe.
 */
final class Shares {
  private final Map<String, Share> shares = new HashMap<>();
  private final Map<In, Map<String, List<SwitchRule>>> tables = new HashMap<>();

  /** At the machine's interfaces, where graphs could take each other's traffic. */
  private final Map<PortName, Overlap> overlaps = new HashMap<>();

  /** The share that the graph had. */
  Share put(String graph, Share share) {
    Share before = Optional.ofNullable(shares.remove(graph)).orElse(Share.NONE);
    remove(graph, before);
    if (!share.rules().isEmpty()) {
      shares.put(graph, share);
      add(graph, share);
    }
    return before;
  }

  /** What all graphs had; none has anything from now on. */
  Map<String, Share> takeAll() {
    Map<String, Share> all = new TreeMap<>(shares);
    all.keySet().forEach(graph -> put(graph, Share.NONE));
    return all;
  }

  /** Rules of others that a frame may match which matches one of these, by id of the latter. */
  Map<String, SteeringRule> overlaps(String graph, List<SteeringRule> rules) {
    Map<String, SteeringRule> found = new HashMap<>();
    SteeringRule.byInPort(rules)
        .forEach(
            (in, some) ->
                Optional.ofNullable(overlaps.get(in))
                    .ifPresent(others -> found.putAll(others.with(graph, some))));
    return found;
  }

  /** The tables of the in-ports of two shares, with the rules of all graphs. */
  Map<LsiPort, List<SwitchRule>> tables(Share one, Share other) {
    return tables(
        Stream.of(one, other)
            .flatMap(share -> share.tables().keySet().stream())
            .collect(Collectors.toSet()));
  }

  Map<LsiPort, List<SwitchRule>> tables() {
    return tables(tables.keySet());
  }

  private Map<LsiPort, List<SwitchRule>> tables(Set<In> inPorts) {
    Map<LsiPort, List<SwitchRule>> found = new HashMap<>();
    // A number may be named twice: by what it was before, which has no rules any more.
    inPorts.forEach(
        in -> found.merge(in.port(), table(in), (one, other) -> one.isEmpty() ? other : one));
    return found;
  }

  private List<SwitchRule> table(In in) {
    return tables.getOrDefault(in, Map.of()).values().stream().flatMap(List::stream).toList();
  }

  private void add(String graph, Share share) {
    share
        .tables()
        .forEach((in, t) -> tables.computeIfAbsent(in, _ -> new LinkedHashMap<>()).put(graph, t));
    physical(share)
        .forEach((in, r) -> overlaps.computeIfAbsent(in, _ -> new Overlap()).add(graph, r));
  }

  private void remove(String graph, Share share) {
    for (In in : share.tables().keySet()) {
      Map<String, List<SwitchRule>> graphs = tables.getOrDefault(in, new HashMap<>());
      graphs.remove(graph);
      if (graphs.isEmpty()) {
        tables.remove(in);
      }
    }
    physical(share)
        .forEach(
            (in, rules) ->
                Optional.ofNullable(overlaps.get(in)).ifPresent(o -> o.remove(graph, rules)));
    overlaps.values().removeIf(Overlap::isEmpty);
  }

  private static Map<PortName, List<SteeringRule>> physical(Share share) {
    Map<PortName, List<SteeringRule>> rules = SteeringRule.byInPort(share.rules());
    rules.keySet().removeIf(in -> !(in instanceof PortName.Physical));
    return rules;
  }
}
