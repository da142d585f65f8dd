package org.universalnode.node.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.ServiceGraph;

/**
 * What frames have to do at any moment: those of a graph that stays go their way, those of a graph
 * that changes go the whole old or the whole new one.
 */
final class Flows {
  private final Function<String, List<String>> world;
  private final TreeMap<String, Flow> staying = new TreeMap<>();
  private Optional<Flow> old = Optional.empty();
  private Optional<Flow> next = Optional.empty();
  private boolean expected = true;

  /**
   * Frames of a graph.
   *
   * @param in the interface where they come in
   */
  private record Flow(String in, List<String> way) {
    static final String END = "out of ";

    static Flow of(ServiceGraph graph) {
      List<String> way = new ArrayList<>();
      for (NetworkFunction function : graph.functions()) {
        way.add(function.id() + " /images/" + function.name());
      }
      way.add(END + interfaceOf(graph, "shared"));
      return new Flow(interfaceOf(graph, "own"), List.copyOf(way));
    }

    private static String interfaceOf(ServiceGraph graph, String endPoint) {
      return graph.endPoints().stream()
          .filter(end -> end.id().equals(endPoint))
          .map(end -> ((EndPoint.Kind.Interface) end.kind()).interfaceName())
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * Nothing flows yet.
   *
   * @param world the way of a frame that comes in at an interface now
   */
  Flows(Function<String, List<String>> world) {
    this.world = world;
  }

  /** Something is lost that frames need: nothing is expected until all is {@linkplain #settle}d. */
  void lose() {
    expected = false;
  }

  /** Of a graph that goes nothing is expected. */
  void lose(String id) {
    staying.remove(id);
    old = Optional.empty();
    next = Optional.empty();
  }

  /** A graph begins to become another, or to come. */
  void change(String id, ServiceGraph to) {
    old = Optional.ofNullable(staying.remove(id));
    next = Optional.of(Flow.of(to));
  }

  /** From now on these are there. */
  void settle(Map<String, ServiceGraph> graphs) {
    staying.clear();
    graphs.forEach((id, graph) -> staying.put(id, Flow.of(graph)));
    old = Optional.empty();
    next = Optional.empty();
    expected = true;
  }

  /** Looks at all of them; what is wrong, or empty. */
  Optional<String> wrong() {
    if (!expected) {
      return Optional.empty();
    }
    for (Flow flow : staying.values()) {
      List<String> way = world.apply(flow.in());
      if (!way.equals(flow.way())) {
        return Optional.of(flow.in() + " -> " + way + ", not " + flow.way());
      }
    }
    return old.flatMap(flow -> wrong(flow, next)).or(() -> next.flatMap(to -> wrong(to, old)));
  }

  /** A flow that comes or goes may end half-way; one that changes goes through always. */
  private Optional<String> wrong(Flow flow, Optional<Flow> other) {
    List<String> way = world.apply(flow.in());
    boolean whole = way.equals(flow.way());
    boolean others = other.filter(of -> of.in().equals(flow.in())).isPresent();
    boolean good =
        whole
            || (others
                ? way.equals(other.orElseThrow().way())
                : !way.getLast().startsWith(Flow.END));
    return good ? Optional.empty() : Optional.of(flow.in() + " -> " + way + ", changing");
  }
}
