package org.universalnode.node.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.universalnode.nffg.ActionType;
import org.universalnode.nffg.EndPointType;
import org.universalnode.nffg.HeaderField;
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
  private static final Comparator<LsiPort> ORDER =
      Comparator.comparing(LsiPort::lsi).thenComparingInt(LsiPort::number);

  private final Set<LsiId> lsis = new TreeSet<>();
  private final TreeMap<LsiPort, String> names = new TreeMap<>(ORDER);
  private final TreeMap<LsiPort, VirtualLink> links = new TreeMap<>(ORDER);
  private final TreeMap<LsiPort, List<SwitchRule>> tables = new TreeMap<>(ORDER);
  private final Faults faults;
  private final Map<LsiPort, String> namespaces = new TreeMap<>(ORDER);
  private int numbers;

  FakeSwitch(Faults faults) {
    this.faults = faults;
  }

  /** The machine boots: nothing is left. */
  void reboot() {
    lsis.clear();
    names.clear();
    links.clear();
    tables.clear();
  }

  /** An instance is gone, and with its interfaces their other ends. */
  void namespaceGone(String namespace) {
    List<LsiPort> gone = names.keySet().stream().toList();
    gone.stream().filter(p -> namespace.equals(namespaces.get(p))).forEach(this::drop);
  }

  List<LsiPort> inPorts() {
    return List.copyOf(tables.keySet());
  }

  /** Something vanishes behind the node's back. */
  void lose(LsiPort port) {
    tables.remove(port);
  }

  /** All of it in words that do not tell in which order it was made. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    lsis.forEach(lsi -> words.add("lsi " + lsi));
    names.forEach((port, name) -> words.add("port " + name));
    tables.forEach((in, rules) -> rules.forEach(rule -> words.add(words(in, rule))));
    return words.stream().sorted().toList();
  }

  private String words(LsiPort in, SwitchRule rule) {
    String actions = rule.actions().stream().map(action -> words(in.lsi(), action)).toList() + "";
    return "rule %s %s %d %s %s"
        .formatted(
            names.getOrDefault(in, "nowhere"), rule.id(), rule.priority(), rule.match(), actions);
  }

  private String words(LsiId lsi, RuleAction<Integer> action) {
    return RuleAction.outputsOf(List.of(action)).stream()
        .map(number -> names.getOrDefault(new LsiPort(lsi, number), "nowhere"))
        .findFirst()
        .orElseGet(action::toString);
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
    return faults.pass("create " + lsi, () -> nothing(() -> lsis.add(lsi)));
  }

  @Override
  public Result<Nothing> deleteLsi(LsiId lsi) {
    return faults.pass(
        "delete " + lsi,
        () ->
            nothing(
                () -> {
                  lsis.remove(lsi);
                  links.values().stream()
                      .filter(link -> link.graph().lsi().equals(lsi))
                      .toList()
                      .forEach(this::cut);
                  names.keySet().removeIf(port -> port.lsi().equals(lsi));
                  tables.keySet().removeIf(port -> port.lsi().equals(lsi));
                }));
  }

  @Override
  public Result<AttachedPort> createPort(LsiId lsi, Attachment attachment) {
    return faults.pass(
        "plug " + attachment,
        () -> {
          if (!lsi.isBase() && !lsis.contains(lsi)) {
            return absent(lsi);
          }
          LsiPort port = port(lsi, lsi + ":" + name(attachment));
          if (attachment instanceof Attachment.FunctionInterface function) {
            namespaces.put(port, function.namespace());
          }
          return Result.done(attached(port, name(attachment)));
        });
  }

  @Override
  public Result<Nothing> deletePort(LsiId lsi, Attachment attachment) {
    String name = lsi + ":" + name(attachment);
    return faults.pass(
        "unplug " + name,
        () ->
            nothing(
                () ->
                    names.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(name))
                        .map(Map.Entry::getKey)
                        .toList()
                        .forEach(this::drop)));
  }

  @Override
  public Result<Nothing> deletePort(LsiPort port) {
    return faults.pass("unplug " + port, () -> nothing(() -> drop(port)));
  }

  @Override
  public Result<VirtualLink> connect(LsiId graph, String name) {
    return faults.pass(
        "connect " + graph,
        () -> {
          if (!lsis.contains(graph)) {
            return absent(graph);
          }
          LsiPort base = port(LsiId.BASE, "link to " + graph + " " + name);
          LsiPort far = port(graph, graph + ":link " + name);
          VirtualLink link = new VirtualLink(name, base, far);
          links.put(far, link);
          return Result.done(link);
        });
  }

  @Override
  public Result<Nothing> disconnect(VirtualLink link) {
    return faults.pass("disconnect " + link.name(), () -> nothing(() -> cut(link)));
  }

  @Override
  public Result<Nothing> apply(RuleChange change) {
    return faults.pass(
        "apply rules",
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
            .filter(entry -> !entry.getValue().contains("link "))
            .map(e -> attached(e.getKey(), e.getValue().substring(e.getValue().indexOf(':') + 1)))
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

  private LsiPort port(LsiId lsi, String name) {
    return names.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(
            () -> {
              LsiPort made = new LsiPort(lsi, ++numbers);
              names.put(made, name);
              return made;
            });
  }

  private void cut(VirtualLink link) {
    links.remove(link.graph());
    drop(link.base());
    drop(link.graph());
  }

  private void drop(LsiPort port) {
    names.remove(port);
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
