package org.universalnode.node.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.universalnode.nffg.ActionType;
import org.universalnode.nffg.EndPointType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.PortLabel;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchCounters;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchFeatures;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.SwitchState;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.Watch;

/** A switch in memory, which outlives the node that uses it. */
final class FakeSwitch implements SwitchDriver {
  private static final Pattern PORT_OF_FUNCTION = Pattern.compile("([^/]+/[^/]+/[^/]+)/\\d+");
  private static final int MOST_STEPS = 64;
  private static final Comparator<LsiPort> ORDER =
      Comparator.comparing(LsiPort::lsi).thenComparingInt(LsiPort::number);

  private final Set<LsiId> lsis = new TreeSet<>();
  private final TreeMap<LsiPort, PortName> names = new TreeMap<>(ORDER);
  private final Map<PortName, LsiPort> numbersOf = new HashMap<>();
  private final Map<LsiPort, LsiPort> bases = new HashMap<>();
  private final TreeMap<LsiPort, VirtualLink> links = new TreeMap<>(ORDER);
  private final TreeMap<LsiPort, List<SwitchRule>> tables = new TreeMap<>(ORDER);
  private final Faults faults;
  private final Map<LsiPort, Far> namespaces = new TreeMap<>(ORDER);
  private int numbers;

  /** An interface in a function's namespace. */
  record Far(String namespace, String interfaceName) {
    boolean isPort(PortLabel label) {
      return interfaceName.equals(label.toString());
    }
  }

  FakeSwitch(Faults faults) {
    this.faults = faults;
  }

  /** The machine boots: nothing is left. */
  void reboot() {
    lsis.clear();
    names.clear();
    numbersOf.clear();
    namespaces.clear();
    bases.clear();
    links.clear();
    tables.clear();
  }

  /** An instance is gone, and with its interfaces their other ends. */
  void namespaceGone(String namespace) {
    List<LsiPort> gone = names.keySet().stream().toList();
    gone.stream().filter(port -> isIn(namespace, port)).forEach(this::drop);
  }

  private boolean isIn(String namespace, LsiPort port) {
    Far far = namespaces.get(port);
    return far != null && far.namespace().equals(namespace);
  }

  List<LsiPort> inPorts() {
    return List.copyOf(tables.keySet());
  }

  /** Something vanishes behind the node's back. */
  void lose(LsiPort port) {
    tables.remove(port);
  }

  /**
   * All of it in words that do not tell in which order it was made.
   *
   * @param lsis what LSIs are called; others have their numbers
   */
  List<String> words(Map<LsiId, String> lsis) {
    List<String> words = new ArrayList<>();
    this.lsis.forEach(lsi -> words.add("lsi " + lsis.getOrDefault(lsi, lsi.toString())));
    names.values().forEach(name -> words.add("port " + name.in(lsis)));
    tables.forEach((in, rules) -> rules.forEach(rule -> words.add(words(in, rule, lsis))));
    return words;
  }

  private String words(LsiPort in, SwitchRule rule, Map<LsiId, String> lsis) {
    List<String> actions =
        rule.actions().stream()
            .map(
                action ->
                    RuleAction.outputsOf(List.of(action)).stream()
                        .map(number -> called(new LsiPort(in.lsi(), number), lsis))
                        .findFirst()
                        .orElseGet(action::toString))
            .toList();
    return "rule "
        + String.join(
            " ",
            called(in, lsis),
            rule.id(),
            String.valueOf(rule.priority()),
            rule.match().toString(),
            actions.toString());
  }

  private String called(LsiPort port, Map<LsiId, String> lsis) {
    return Optional.ofNullable(names.get(port)).map(name -> name.in(lsis)).orElse("nowhere");
  }

  /**
   * The way of a frame that comes in at an interface: where it went through functions and left, or
   * where it ended.
   *
   * @param functions what runs behind a function's port; empty if nothing does. It sends back what
   *     it gets
   */
  List<String> way(String interfaceName, Function<Far, Optional<String>> functions) {
    List<String> way = new ArrayList<>();
    Optional<LsiPort> at = find(PortName.at(LsiId.BASE, interfaceName));
    for (int steps = 0; at.isPresent() && steps < MOST_STEPS; steps++) {
      LsiPort in = at.get();
      Optional<LsiPort> out = output(in);
      if (out.isEmpty() || !names.containsKey(out.get())) {
        way.add("ends at " + names.get(in));
        return way;
      }
      if (links.containsKey(out.get()) || bases.containsKey(out.get())) {
        at = Optional.of(far(out.get()));
      } else if (namespaces.containsKey(out.get())) {
        Optional<String> function = functions.apply(namespaces.get(out.get()));
        way.add(function.orElse("stands still"));
        at = function.isPresent() ? out : Optional.empty();
      } else {
        way.add("out of " + names.get(out.get()).text());
        return way;
      }
    }
    way.add("is nowhere");
    return way;
  }

  private Optional<LsiPort> output(LsiPort in) {
    return tables.getOrDefault(in, List.of()).stream()
        .max(Comparator.comparingInt(SwitchRule::priority))
        .map(rule -> RuleAction.outputsOf(rule.actions()))
        .filter(outputs -> outputs.size() == 1)
        .map(outputs -> new LsiPort(in.lsi(), outputs.getFirst()));
  }

  private LsiPort far(LsiPort end) {
    return Optional.ofNullable(links.get(end))
        .map(VirtualLink::base)
        .or(() -> Optional.ofNullable(bases.get(end)))
        .orElseThrow();
  }

  /**
   * What a port is called.
   *
   * @param prefix before the LSI's name
   * @param text after it
   */
  private record PortName(String prefix, LsiId lsi, String separator, String text) {
    static PortName at(LsiId lsi, String text) {
      return new PortName("", lsi, ":", text);
    }

    static PortName linkTo(LsiId graph, String destination) {
      return new PortName("link to ", graph, " ", destination);
    }

    /** Without the number of an incarnation. */
    String in(Map<LsiId, String> lsis) {
      Matcher counted = PORT_OF_FUNCTION.matcher(text);
      String plain = counted.matches() ? counted.group(1) : text;
      return prefix + lsis.getOrDefault(lsi, lsi.toString()) + separator + plain;
    }

    boolean isOfLink() {
      return !prefix.isEmpty() || text.startsWith("link ");
    }
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public SwitchFeatures features() {
    return new SwitchFeatures(
        EnumSet.allOf(EndPointType.class),
        EnumSet.allOf(HeaderField.class),
        EnumSet.allOf(ActionType.class),
        EnumSet.allOf(HeaderField.class));
  }

  @Override
  public Result<Nothing> createLsi(LsiId lsi) {
    return faults.pass(() -> "create " + lsi, () -> nothing(() -> lsis.add(lsi)));
  }

  @Override
  public Result<Nothing> deleteLsi(LsiId lsi) {
    return faults.pass(
        () -> "delete " + lsi,
        () ->
            nothing(
                () -> {
                  lsis.remove(lsi);
                  links.values().stream()
                      .filter(link -> link.graph().lsi().equals(lsi))
                      .toList()
                      .forEach(this::cut);
                  names.keySet().stream()
                      .filter(port -> port.lsi().equals(lsi))
                      .toList()
                      .forEach(this::drop);
                  tables.keySet().removeIf(port -> port.lsi().equals(lsi));
                }));
  }

  @Override
  public Result<AttachedPort> createPort(LsiId lsi, Attachment attachment) {
    return faults.pass(
        () -> "plug " + attachment,
        () -> {
          if (!lsi.isBase() && !lsis.contains(lsi)) {
            return absent(lsi);
          }
          LsiPort port = port(lsi, PortName.at(lsi, name(attachment)));
          if (attachment instanceof Attachment.FunctionInterface function) {
            namespaces.put(port, new Far(function.namespace(), function.interfaceName()));
          }
          return Result.done(attached(port, name(attachment)));
        });
  }

  @Override
  public Result<Nothing> deletePort(LsiId lsi, Attachment attachment) {
    PortName name = PortName.at(lsi, name(attachment));
    return faults.pass(
        () -> "unplug " + name, () -> nothing(() -> find(name).ifPresent(this::drop)));
  }

  @Override
  public Result<Nothing> deletePort(LsiPort port) {
    return faults.pass(() -> "unplug " + port, () -> nothing(() -> drop(port)));
  }

  @Override
  public Result<VirtualLink> connect(LsiId graph, String name) {
    return faults.pass(
        () -> "connect " + graph,
        () -> {
          if (!lsis.contains(graph)) {
            return absent(graph);
          }
          LsiPort base = port(LsiId.BASE, PortName.linkTo(graph, name));
          LsiPort far = port(graph, PortName.at(graph, "link " + name));
          VirtualLink link = new VirtualLink(name, base, far);
          links.put(far, link);
          bases.put(base, far);
          return Result.done(link);
        });
  }

  @Override
  public Result<Nothing> disconnect(VirtualLink link) {
    return faults.pass(() -> "disconnect " + link.name(), () -> nothing(() -> cut(link)));
  }

  @Override
  public Result<Nothing> apply(RuleChange change) {
    return faults.pass(
        () -> "apply rules",
        () -> {
          for (Map.Entry<LsiPort, List<SwitchRule>> table : change.tables().entrySet()) {
            if (!table.getValue().isEmpty() && !names.containsKey(table.getKey())) {
              return absent(table.getKey());
            }
          }
          tables.putAll(change.tables());
          tables.values().removeIf(List::isEmpty);
          return Result.done();
        });
  }

  @Override
  public Result<SwitchState> observe() {
    List<AttachedPort> ports =
        names.entrySet().stream()
            .filter(entry -> !entry.getValue().isOfLink())
            .map(entry -> attached(entry.getKey(), entry.getValue().text()))
            .toList();
    return Result.done(new SwitchState(ports, List.copyOf(links.values()), tables.keySet()));
  }

  @Override
  public Result<Nothing> settle(Set<LsiId> unmade) {
    return Result.done();
  }

  @Override
  public Result<SwitchCounters> counters(LsiId lsi) {
    return Result.done(new SwitchCounters(Map.of(), Map.of()));
  }

  @Override
  public void close() {}

  /** The simulation says itself what it has taken away. */
  @Override
  public Watch watch(Consumer<LsiId> disturbed) {
    return () -> {};
  }

  private Optional<LsiPort> find(PortName name) {
    return Optional.ofNullable(numbersOf.get(name));
  }

  private LsiPort port(LsiId lsi, PortName name) {
    return find(name)
        .orElseGet(
            () -> {
              LsiPort made = new LsiPort(lsi, ++numbers);
              names.put(made, name);
              numbersOf.put(name, made);
              return made;
            });
  }

  private void cut(VirtualLink link) {
    links.remove(link.graph());
    bases.remove(link.base());
    drop(link.base());
    drop(link.graph());
  }

  private void drop(LsiPort port) {
    Optional.ofNullable(names.remove(port)).ifPresent(numbersOf::remove);
    namespaces.remove(port);
    tables.remove(port);
  }

  private static AttachedPort attached(LsiPort port, String name) {
    return new AttachedPort(port, name, port.number(), port.lsi().isBase());
  }

  private static String name(Attachment attachment) {
    return switch (attachment) {
      case Attachment.HostInterface(String name) -> name;
      case Attachment.FunctionInterface function -> function.identity();
      case Attachment.FunctionSocket(String identity, _) -> identity;
      case Attachment.Group(String identity, String group) -> identity + " " + group;
      case Attachment.Tunnel(String identity, var _) -> identity;
      case Attachment.HostStack(String identity, var _) -> identity;
    };
  }

  private static Result<Nothing> nothing(Runnable work) {
    work.run();
    return Result.done();
  }

  private static <T> Result<T> absent(Object what) {
    return Result.failed(
        Problem.of(Problem.Code.NOT_FOUND, "there is no " + what).next("create it first"));
  }
}
