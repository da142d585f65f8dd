package org.universalnode.switching;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a service graph asks of the switches.
 *
 * @param base its rules in LSI-0
 * @param graph its rules in its own LSI
 */
public record CompiledGraph(List<SteeringRule> base, List<SteeringRule> graph) {

  public CompiledGraph {
    base = List.copyOf(base);
    graph = List.copyOf(graph);
  }

  /** The ports of LSI-0 that it uses besides its virtual links, in the order of their names. */
  public Set<PortName.Outer> outerPorts() {
    return named(base, PortName.Outer.class);
  }

  /** The virtual links between LSI-0 and its own LSI, in the order of their names. */
  public Set<PortName.Link> links() {
    return named(base, PortName.Link.class);
  }

  private static <P extends PortName> Set<P> named(List<SteeringRule> rules, Class<P> kind) {
    return rules.stream()
        .flatMap(rule -> Stream.concat(Stream.of(rule.in()), rule.outputs().stream()))
        .filter(kind::isInstance)
        .map(kind::cast)
        .sorted(Comparator.comparing(PortName::toString))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
  }
}
