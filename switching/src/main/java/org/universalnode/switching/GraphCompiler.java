package org.universalnode.switching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.EndPoint.Kind;
import org.universalnode.nffg.FieldMatch;
import org.universalnode.nffg.FlowRule;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.MatchFields;
import org.universalnode.nffg.PortRef;
import org.universalnode.nffg.ServiceGraph;

/**
 * Splits the rules of a service graph between LSI-0 and the graph's LSI.
 *
 * <p>A rule is decided, with its whole match, in the LSI where its frames come in. What it sends to
 * the other LSI goes by the virtual link of that destination, and the far side forwards everything
 * from that link to it. A link is named after its destination, so that an update leaves the links
 * of unchanged destinations alone.
 *
 * <p>A VLAN end-point is its interface, with the tag taken off what comes in and put on what
 * leaves. A trusted port's frames get the port's address as their source before anything else.
 */
public final class GraphCompiler {
  private static final Optional<Integer> NO_VLAN = Optional.empty();

  private final String graphId;
  private final Map<String, EndPoint> endPoints = new HashMap<>();
  private final Map<PortRef, MacAddress> trusted = new HashMap<>();
  private final List<SteeringRule> inBase = new ArrayList<>();
  private final List<SteeringRule> inGraph = new ArrayList<>();
  private final Set<PortRef> crossed = new LinkedHashSet<>();

  private GraphCompiler(String graphId, ServiceGraph graph) {
    this.graphId = graphId;
    graph.endPoints().forEach(endPoint -> endPoints.put(endPoint.id(), endPoint));
    graph
        .functions()
        .forEach(
            function ->
                function.ports().stream()
                    .filter(FunctionPort::trusted)
                    .forEach(
                        port -> trust(new PortRef.OfFunction(function.id(), port.id()), port)));
  }

  /** Compiles a graph whose references are all declared and which a switch can carry. */
  public static CompiledGraph compile(String graphId, ServiceGraph graph) {
    GraphCompiler compiler = new GraphCompiler(graphId, graph);
    graph.rules().forEach(compiler::place);
    compiler.crossed.forEach(compiler::deliver);
    return new CompiledGraph(compiler.inBase, compiler.inGraph);
  }

  private void trust(PortRef ref, FunctionPort port) {
    port.mac().ifPresent(mac -> trusted.put(ref, mac));
  }

  private void place(FlowRule rule) {
    PortRef in = rule.match().portIn();
    Actions actions = new Actions(isOuter(in));
    vlan(in).ifPresent(vlan -> actions.all.add(new RuleAction.PopVlan<>()));
    Optional.ofNullable(trusted.get(in))
        .map(mac -> new RuleAction.SetField<PortName>(HeaderField.SOURCE_MAC, Bits.of(mac.bits())))
        .ifPresent(actions.all::add);
    rule.actions().forEach(actions::add);
    (isOuter(in) ? inBase : inGraph)
        .add(
            new SteeringRule(
                id(rule.id()),
                rule.priority(),
                here(in),
                match(rule),
                untilLastOutput(actions.all)));
  }

  private MatchFields match(FlowRule rule) {
    MatchFields fields = rule.match().fields().withPrerequisites();
    return vlan(rule.match().portIn())
        .map(vlan -> fields.with(HeaderField.VLAN, FieldMatch.vlan(vlan)))
        .orElse(fields);
  }

  /** The actions of one rule as its LSI does them. */
  private final class Actions {
    private final boolean outer;
    private final List<RuleAction<PortName>> all = new ArrayList<>();

    Actions(boolean outer) {
      this.outer = outer;
    }

    void add(Action action) {
      switch (action) {
        case Action.Output(PortRef port) -> output(port);
        case Action.Drop _ -> {}
        case Action.PushVlan(int vlan) -> all.add(new RuleAction.PushVlan<>(vlan));
        case Action.PopVlan _ -> all.add(new RuleAction.PopVlan<>());
        case Action.SetField(HeaderField field, Bits value) ->
            all.add(new RuleAction.SetField<>(field, value));
        case Action.OutputToController _, Action.OutputToQueue _ ->
            throw new IllegalArgumentException("no switch carries " + action.type());
      }
    }

    private void output(PortRef port) {
      if (isOuter(port) == outer) {
        all.addAll(sendTo(port));
      } else {
        crossed.add(port);
        all.add(new RuleAction.Output<>(new PortName.Link(port.toString())));
      }
    }
  }

  /** What comes after the last output concerns nobody. */
  private static List<RuleAction<PortName>> untilLastOutput(List<RuleAction<PortName>> actions) {
    int end = actions.size();
    while (end > 0 && !(actions.get(end - 1) instanceof RuleAction.Output<PortName>)) {
      end--;
    }
    return List.copyOf(actions.subList(0, end));
  }

  /** The far side of a virtual link: everything that comes out of it goes to its destination. */
  private void deliver(PortRef destination) {
    PortName link = new PortName.Link(destination.toString());
    List<RuleAction<PortName>> actions = sendTo(destination);
    SteeringRule rule =
        new SteeringRule(
            id("to " + destination), 0, link, MatchFields.ANY, untilLastOutput(actions));
    (isOuter(destination) ? inBase : inGraph).add(rule);
  }

  /** A tag that is needed for one port only is off again for the next. */
  private List<RuleAction<PortName>> sendTo(PortRef port) {
    RuleAction<PortName> output = new RuleAction.Output<>(here(port));
    return vlan(port)
        .map(
            vlan ->
                List.<RuleAction<PortName>>of(
                    new RuleAction.PushVlan<>(vlan), output, new RuleAction.PopVlan<>()))
        .orElse(List.of(output));
  }

  private Optional<Integer> vlan(PortRef port) {
    return kind(port)
        .flatMap(kind -> kind instanceof Kind.Vlan vlan ? Optional.of(vlan.vlan()) : NO_VLAN);
  }

  private PortName here(PortRef port) {
    return switch (port) {
      case PortRef.OfFunction function -> new PortName.OfFunction(function);
      case PortRef.OfEndPoint(String id) -> outer(id, kind(port).orElseThrow());
    };
  }

  private PortName.Outer outer(String id, Kind kind) {
    return switch (kind) {
      case Kind.Interface(String name, String _) -> new PortName.Physical(name);
      case Kind.Vlan(int _, String name, String _) -> new PortName.Physical(name);
      case Kind.Internal(String group, String _) -> new PortName.Group(identity(id), group);
      case Kind.Tunnel tunnel -> new PortName.Tunnel(identity(id), tunnel);
      case Kind.HostStack stack -> new PortName.HostStack(identity(id), stack);
      case Kind.InterfaceOut _, Kind.Unbound _ ->
          throw new IllegalArgumentException("no switch carries " + kind.type());
    };
  }

  /** Whether the port belongs to LSI-0. */
  private static boolean isOuter(PortRef port) {
    return port instanceof PortRef.OfEndPoint;
  }

  private Optional<Kind> kind(PortRef port) {
    return switch (port) {
      case PortRef.OfFunction _ -> Optional.empty();
      case PortRef.OfEndPoint(String id) ->
          Optional.of(
              Optional.ofNullable(endPoints.get(id))
                  .orElseThrow(() -> new IllegalArgumentException("undeclared " + port))
                  .kind());
    };
  }

  private String identity(String endPoint) {
    return identity(graphId, endPoint);
  }

  /**
   * By what an end-point is known on the node; a slash in an id is told from the one between ids.
   * That of the empty id is how all those of the graph begin.
   */
  public static String identity(String graph, String endPoint) {
    return escaped(graph) + "/" + escaped(endPoint);
  }

  private static String escaped(String id) {
    return id.replace("%", "%25").replace("/", "%2F");
  }

  private String id(String rule) {
    return graphId + "/" + rule;
  }
}
