package org.universalnode.switching.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.reference.Group;
import org.universalnode.switching.reference.ReferenceSwitch;

/** LSIs with ports, virtual links and learning groups, as a driver makes them. */
public final class Layout {
  private final SwitchDriver driver;
  private final Wires surroundings;
  private final Map<LsiPort, Wire> wires = new LinkedHashMap<>();
  private final Map<LsiPort, AttachedPort> attached = new LinkedHashMap<>();
  private final List<VirtualLink> links = new ArrayList<>();
  private final Map<String, List<LsiPort>> groups = new TreeMap<>();

  public Layout(SwitchDriver driver, Wires surroundings) {
    this.driver = driver;
    this.surroundings = surroundings;
  }

  /** The same, in the hands of another driver for the same node. */
  Layout of(SwitchDriver successor) {
    Layout same = new Layout(successor, surroundings);
    same.wires.putAll(wires);
    same.attached.putAll(attached);
    same.links.addAll(links);
    same.groups.putAll(groups);
    return same;
  }

  /** LSI-0 with four interfaces of the machine. */
  public Layout oneLsi() {
    for (int i = 0; i < 4; i++) {
      plug(LsiId.BASE, surroundings.toMachine());
    }
    return this;
  }

  /** LSI-0 with three interfaces, and two graphs with functions behind virtual links. */
  public Layout graphs() {
    for (int i = 0; i < 3; i++) {
      plug(LsiId.BASE, surroundings.toMachine());
    }
    for (int graph = 1; graph <= 2; graph++) {
      LsiId lsi = new LsiId(graph);
      plug(lsi, surroundings.toFunction());
      plug(lsi, surroundings.toFunction());
      connect(lsi, "a");
      connect(lsi, "b");
    }
    return this;
  }

  /** Two interfaces, and three graphs that share a learning group, one by two ports. */
  public Layout learningGroup() {
    plug(LsiId.BASE, surroundings.toMachine());
    plug(LsiId.BASE, surroundings.toMachine());
    join("shared", "g1/a");
    for (int graph = 1; graph <= 3; graph++) {
      LsiId lsi = new LsiId(graph);
      plug(lsi, surroundings.toFunction());
      connect(lsi, "group");
      join("shared", "g" + graph + "/internal");
    }
    return this;
  }

  /** Gives an LSI a port, and takes its wire into use. */
  public LsiPort plug(LsiId lsi, Wire wire) {
    AttachedPort port = driver.createPort(lsi, wire.attachment()).orThrow();
    surroundings.plugged(wire, port);
    wires.put(port.port(), wire);
    attached.put(port.port(), port);
    return port.port();
  }

  /** Asks for a port that is there, or should be; its number as it is then. */
  LsiPort plugAgain(LsiPort port) {
    Wire wire = wire(port);
    wires.remove(port);
    attached.remove(port);
    return plug(port.lsi(), wire);
  }

  public VirtualLink connect(LsiId graph, String name) {
    VirtualLink link = driver.connect(graph, name).orThrow();
    links.add(link);
    return link;
  }

  /** A member of a learning group, in LSI-0. */
  public LsiPort join(String group, String identity) {
    Attachment member = new Attachment.Group(identity, group);
    LsiPort port = driver.createPort(LsiId.BASE, member).orThrow().port();
    groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(port);
    return port;
  }

  /** Whether what becomes of a frame depends on the ones before it. */
  public boolean learns() {
    return !groups.isEmpty();
  }

  /** All ports that frames come in by, those with a wire first. */
  public List<LsiPort> inPorts() {
    Stream<LsiPort> ends = links.stream().flatMap(l -> Stream.of(l.base(), l.graph()));
    Stream<LsiPort> members = groups.values().stream().flatMap(List::stream);
    return Stream.of(wires.keySet().stream(), ends, members).flatMap(each -> each).toList();
  }

  /** Ports with a wire, in the order in which they were made. */
  public List<LsiPort> wired() {
    return List.copyOf(wires.keySet());
  }

  public Wire wire(LsiPort port) {
    return required(wires, port);
  }

  public LsiPort port(Wire wire) {
    return wires.entrySet().stream()
        .filter(entry -> entry.getValue().equals(wire))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** By what interface the switch reaches a port. */
  public AttachedPort attached(LsiPort port) {
    return required(attached, port);
  }

  /** What all this should do, before anything was learned. */
  public ReferenceSwitch reference(Map<LsiPort, List<SwitchRule>> tables) {
    return new ReferenceSwitch(tables, links, groups.values().stream().map(Group::new).toList());
  }

  /** Takes everything away. */
  public void remove() {
    inPorts().stream().map(LsiPort::lsi).distinct().forEach(lsi -> driver.deleteLsi(lsi).orThrow());
    groups.values().stream()
        .flatMap(List::stream)
        .forEach(member -> driver.deletePort(member).orThrow());
  }

  private static <T> T required(Map<LsiPort, T> all, LsiPort port) {
    T found = all.get(port);
    if (found == null) {
      throw new IllegalArgumentException(port + " has no wire");
    }
    return found;
  }
}
