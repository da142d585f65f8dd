package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.ImplementationType;
import org.universalnode.catalog.capability.Requirements;
import org.universalnode.catalog.resolve.Answer;
import org.universalnode.catalog.resolve.LeastCost;
import org.universalnode.catalog.resolve.Need;
import org.universalnode.catalog.resolve.Question;
import org.universalnode.catalog.resolve.Shortage;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.nffg.json.JsonPointer;
import org.universalnode.nffg.json.Problems;
import org.universalnode.node.choice.Choices;
import org.universalnode.node.choice.Demands;
import org.universalnode.node.choice.Learned;
import org.universalnode.node.hoststack.DhcpClients;
import org.universalnode.node.store.Placement;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;
import org.universalnode.switching.SwitchFeatures;

/**
 * Finds what a graph names: implementations of its functions and interfaces of its end-points.
 * Nothing is changed, and all that is wrong is said at once, with a pointer into the document.
 */
public final class Resolution implements Resolver {
  private static final String ROOT = "/forwarding-graph";

  private final Selection selection;
  private final Learned learned;
  private final Images images;
  private final Drivers drivers;
  private final HostInterfaces interfaces;
  private final SwitchFeatures features;
  private final DhcpClients dhcp;
  private final Suitability suitability;
  private final RunningPolicy policy;

  /** One that knows nothing of what ran. */
  public Resolution(
      Catalog catalog,
      Images images,
      HostInterfaces interfaces,
      Drivers drivers,
      Requirements requirements,
      RunningPolicy policy) {
    this(
        new Demands(catalog, Learned.nothing()), images, interfaces, drivers, requirements, policy);
  }

  public Resolution(
      Demands demands,
      Images images,
      HostInterfaces interfaces,
      Drivers drivers,
      Requirements requirements,
      RunningPolicy policy) {
    this.learned = demands.learned();
    this.images = images;
    this.drivers = drivers;
    this.policy = policy;
    this.interfaces = interfaces;
    this.features = drivers.switching().features();
    this.dhcp = drivers.dhcp();
    Set<ImplementationType> supported =
        Arrays.stream(ImplementationType.values())
            .filter(type -> drivers.types().contains(type.toString()))
            .collect(Collectors.toUnmodifiableSet());
    this.suitability = new Suitability(supported, requirements);
    this.selection = new Selection(demands, suitability, policy, drivers.switching());
  }

  public Suitability suitability() {
    return suitability;
  }

  @Override
  public Resolved resolve(Situation situation, ServiceGraph graph) {
    Problems problems = new Problems();
    features.missing(graph).forEach(problems::add);
    checkNodeSettings(graph, problems);
    List<Candidates> candidates = new ArrayList<>();
    for (int i = 0; i < graph.functions().size(); i++) {
      NetworkFunction function = graph.functions().get(i);
      try {
        candidates.add(selection.candidates(situation, function, pointer(i)));
      } catch (ProblemException e) {
        e.problems().forEach(problems::add);
      }
    }
    for (int i = 0; i < graph.endPoints().size(); i++) {
      checkEndPoint(graph.endPoints().get(i), JsonPointer.child(ROOT + "/end-points", i), problems);
    }
    problems.throwIfAny();
    return place(situation, candidates, choose(situation, graph, candidates));
  }

  private static Answer.Found choose(
      Situation situation, ServiceGraph graph, List<Candidates> candidates) {
    List<Need> needs = candidates.stream().map(one -> one.need(situation.running())).toList();
    Question question = new Question(needs, Wirings.of(graph), situation.free(), situation.loads());
    return switch (LeastCost.USUAL.answer(question)) {
      case Answer.Found found -> found;
      case Answer.Refused(String function, Shortage shortage) -> {
        boolean all = function.isEmpty();
        String who = all ? "the graph" : "function " + function;
        throw Reservations.problem(who, shortage)
            .at(all ? ROOT + "/VNFs" : pointer(indexOf(function, candidates)))
            .asException();
      }
    };
  }

  private static int indexOf(String function, List<Candidates> candidates) {
    return candidates.stream().map(one -> one.function().id()).toList().indexOf(function);
  }

  /** Only what is chosen is fetched and installed. */
  private Resolved place(Situation situation, List<Candidates> candidates, Answer.Found found) {
    Problems problems = new Problems();
    Map<String, Placement> placements = new LinkedHashMap<>();
    List<Choices.Choice> choices = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidates one = candidates.get(i);
      String id = one.function().id();
      String chosen = found.chosen().getOrDefault(id, "");
      choices.add(one.explained(chosen, found.verdicts().getOrDefault(id, Map.of())));
      try {
        FunctionTemplate template = one.template(chosen);
        placements.put(id, place(situation.graph(), one.function(), template, pointer(i)));
      } catch (ProblemException e) {
        e.problems().forEach(problems::add);
      }
    }
    problems.throwIfAny();
    return new Resolved(
        placements, new Choices(found.cost(), found.proven(), found.cores(), choices));
  }

  private Placement place(
      String graph, NetworkFunction function, FunctionTemplate template, String pointer) {
    String key = Selection.key(function, pointer);
    String image = Selection.at(key, Result.of(() -> images.install(template, drivers)));
    learned.installed(template, image);
    Optional<String> shared =
        Selection.at(key, Result.of(() -> policy.shared(graph, template, image)));
    return new Placement(
        template.name(),
        template.type().toString(),
        image,
        template.inOrder(function.ports().stream().map(FunctionPort::id).toList()),
        technologies(template),
        Demands.cores(template),
        Selection.at(key, Result.of(() -> policy.containment(graph, template))),
        template.running().hotplug()
            && shared.isEmpty()
            && drivers.plugPorts(template.type().toString()),
        shared,
        0);
  }

  private static String pointer(int function) {
    return JsonPointer.child(ROOT + "/VNFs", function);
  }

  private static Map<String, String> technologies(FunctionTemplate template) {
    Map<String, String> technologies = new LinkedHashMap<>();
    template
        .ports()
        .forEach(
            range ->
                range
                    .technology()
                    .ifPresent(given -> technologies.put(range.label(), given.toString())));
    return technologies;
  }

  private void checkEndPoint(EndPoint endPoint, String pointer, Problems problems) {
    EndPoint.Kind kind = endPoint.kind();
    Optional<String> name =
        switch (kind) {
          case EndPoint.Kind.Interface(String at, String _) -> Optional.of(at);
          case EndPoint.Kind.Vlan(int _, String at, String _) -> Optional.of(at);
          case EndPoint.Kind.Internal _,
              EndPoint.Kind.InterfaceOut _,
              EndPoint.Kind.Tunnel _,
              EndPoint.Kind.HostStack _,
              EndPoint.Kind.Unbound _ ->
              Optional.empty();
        };
    if (kind instanceof EndPoint.Kind.HostStack stack) {
      refusal(stack, pointer + "/host-stack").ifPresent(problems::add);
    }
    name.flatMap(interfaces::refusal)
        .ifPresent(problem -> problems.add(problem.at(pointer + "/" + kind.type() + "/if-name")));
  }

  private Optional<Problem> refusal(EndPoint.Kind.HostStack stack, String pointer) {
    String configuration = pointer + "/configuration";
    return switch (stack.configuration()) {
      case STATIC -> stack.address().flatMap(interfaces::refusal).map(p -> p.at(pointer + "/IPv4"));
      case DHCP -> dhcp.refusal().map(problem -> problem.at(configuration));
      case PPPOE ->
          Optional.of(
              Problem.of(Code.UNSUPPORTED, "this node has no PPPoE client for its own stack")
                  .next("use the configuration DHCP or static")
                  .at(configuration));
    };
  }

  private static void checkNodeSettings(ServiceGraph graph, Problems problems) {
    if (!graph.nodeSettings().isEmpty()) {
      problems.add(
          Problem.of(Code.UNSUPPORTED, "this node does not let a graph change its own settings")
              .next("leave node-config out")
              .at(ROOT + "/node-config"));
    }
  }
}
