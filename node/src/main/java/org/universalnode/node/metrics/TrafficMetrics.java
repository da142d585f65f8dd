package org.universalnode.node.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.universalnode.node.deploy.GraphCounters;
import org.universalnode.node.metrics.OpenMetrics.Family;
import org.universalnode.node.metrics.OpenMetrics.Label;
import org.universalnode.switching.SwitchCounters.Count;
import org.universalnode.switching.SwitchCounters.Traffic;

/**
 * What went through interfaces, ports, links and rules. There is room for a fixed number of
 * samples; what finds none is left out, rules first, and counted.
 */
final class TrafficMetrics {
  static final int MOST_SAMPLES = 20_000;
  private static final int OF_PORT = 6;
  private static final int OF_RULE = 2;
  private static final Label IN = new Label("direction", "in");
  private static final Label OUT = new Label("direction", "out");

  private final List<Counted<Traffic>> interfaces;
  private final List<Counted<Traffic>> ports;
  private final List<Counted<Count>> links;
  private final List<Counted<Count>> rules;
  private final long leftOut;

  /** Something counted, with the labels that name it. */
  private record Counted<C>(List<Label> labels, C count) {

    Label[] and(Label... more) {
      List<Label> all = new ArrayList<>(labels);
      all.addAll(List.of(more));
      return all.toArray(Label[]::new);
    }
  }

  private TrafficMetrics(List<GraphCounters> graphs, Room room) {
    interfaces = room.take(interfaces(graphs), OF_PORT);
    ports = room.take(ports(graphs), OF_PORT);
    links = room.take(links(graphs), OF_RULE);
    rules = room.take(rules(graphs), OF_RULE);
    leftOut = room.leftOut();
  }

  static TrafficMetrics of(List<GraphCounters> graphs) {
    return new TrafficMetrics(graphs, new Room(MOST_SAMPLES));
  }

  void addTo(OpenMetrics text) {
    addPorts(text, "un_interface", "an interface of the machine", interfaces);
    addPorts(text, "un_port", "a function's port, or an end-point that is no interface", ports);
    addCounts(text, "un_link", "a virtual link between LSI-0 and a graph's LSI carried", links);
    addCounts(text, "un_rule", "a rule decided on", rules);
    text.family(
            Family.GAUGE,
            "un_samples_left_out",
            "Samples of traffic for which there was no room among " + MOST_SAMPLES + ".")
        .sample(leftOut);
  }

  private static void addPorts(
      OpenMetrics text, String name, String what, List<Counted<Traffic>> ports) {
    text.family(Family.COUNTER, name + "_packets", "Packets through " + what + ".");
    ports.forEach(port -> addDirections(text, port, Count::packets));
    text.family(Family.COUNTER, name + "_bytes", "Bytes through " + what + ".");
    ports.forEach(port -> addDirections(text, port, Count::bytes));
    String why = " by " + what + " and met no rule.";
    text.family(Family.COUNTER, name + "_dropped_packets", "Packets that came in" + why);
    ports.forEach(port -> text.sample(port.count().dropped().packets(), port.and()));
    text.family(Family.COUNTER, name + "_dropped_bytes", "Bytes that came in" + why);
    ports.forEach(port -> text.sample(port.count().dropped().bytes(), port.and()));
  }

  private static void addDirections(
      OpenMetrics text, Counted<Traffic> port, ToLongFunction<Count> unit) {
    text.sample(unit.applyAsLong(port.count().in()), port.and(IN));
    text.sample(unit.applyAsLong(port.count().out()), port.and(OUT));
  }

  private static void addCounts(
      OpenMetrics text, String name, String what, List<Counted<Count>> all) {
    text.family(Family.COUNTER, name + "_packets", "Packets that " + what + ".");
    all.forEach(each -> text.sample(each.count().packets(), each.and()));
    text.family(Family.COUNTER, name + "_bytes", "Bytes that " + what + ".");
    all.forEach(each -> text.sample(each.count().bytes(), each.and()));
  }

  /** Once each, however many graphs use it. */
  private static List<Counted<Traffic>> interfaces(List<GraphCounters> graphs) {
    Map<String, Traffic> all = new TreeMap<>();
    graphs.stream()
        .flatMap(graph -> graph.ports().stream())
        .forEach(port -> port.interfaceName().ifPresent(name -> all.put(name, port.traffic())));
    return all.entrySet().stream()
        .map(one -> new Counted<>(List.of(new Label("interface", one.getKey())), one.getValue()))
        .toList();
  }

  private static List<Counted<Traffic>> ports(List<GraphCounters> graphs) {
    List<Counted<Traffic>> all = new ArrayList<>();
    for (GraphCounters graph : graphs) {
      graph.ports().stream()
          .filter(port -> port.interfaceName().isEmpty())
          .map(port -> new Counted<>(labels(graph, "port", port.port()), port.traffic()))
          .forEach(all::add);
    }
    return all;
  }

  private static List<Counted<Count>> links(List<GraphCounters> graphs) {
    List<Counted<Count>> all = new ArrayList<>();
    for (GraphCounters graph : graphs) {
      graph.links().stream()
          .map(link -> new Counted<>(labels(graph, "to", link.destination()), link.count()))
          .forEach(all::add);
    }
    return all;
  }

  private static List<Counted<Count>> rules(List<GraphCounters> graphs) {
    List<Counted<Count>> all = new ArrayList<>();
    for (GraphCounters graph : graphs) {
      graph.rules().stream()
          .map(rule -> new Counted<>(labels(graph, "rule", rule.id()), rule.count()))
          .forEach(all::add);
    }
    return all;
  }

  private static List<Label> labels(GraphCounters graph, String name, Object value) {
    return List.of(new Label("graph", graph.id()), new Label(name, value.toString()));
  }
}
