package org.universalnode.node.deploy;

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
import org.universalnode.catalog.PortTechnology;
import org.universalnode.catalog.capability.Requirements;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.nffg.json.JsonPointer;
import org.universalnode.nffg.json.Problems;
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

  private final Catalog catalog;
  private final Images images;
  private final Drivers drivers;
  private final HostInterfaces interfaces;
  private final SwitchFeatures features;
  private final DhcpClients dhcp;
  private final Suitability suitability;
  private final RunningPolicy policy;

  public Resolution(
      Catalog catalog,
      Images images,
      HostInterfaces interfaces,
      Drivers drivers,
      Requirements requirements,
      RunningPolicy policy) {
    this.catalog = catalog;
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
  }

  public Suitability suitability() {
    return suitability;
  }

  @Override
  public Map<String, Placement> resolve(String id, ServiceGraph graph) {
    Problems problems = new Problems();
    features.missing(graph).forEach(problems::add);
    checkNodeSettings(graph, problems);
    Map<String, Placement> chosen = new LinkedHashMap<>();
    for (int i = 0; i < graph.functions().size(); i++) {
      NetworkFunction function = graph.functions().get(i);
      String pointer = JsonPointer.child(ROOT + "/VNFs", i);
      try {
        chosen.put(function.id(), place(id, function, pointer));
      } catch (ProblemException e) {
        e.problems().forEach(problems::add);
      }
    }
    for (int i = 0; i < graph.endPoints().size(); i++) {
      checkEndPoint(graph.endPoints().get(i), JsonPointer.child(ROOT + "/end-points", i), problems);
    }
    problems.throwIfAny();
    return chosen;
  }

  private Placement place(String graph, NetworkFunction function, String pointer) {
    String key = pointer + "/" + lookUpKey(function);
    FunctionTemplate template = at(key, find(function));
    List<PortLabel> ports = function.ports().stream().map(FunctionPort::id).toList();
    List<Problem> wrong = template.checkPorts(ports);
    if (!wrong.isEmpty()) {
      throw new ProblemException(
          wrong.stream().map(p -> p.at(pointer + "/ports" + p.pointer())).toList());
    }
    if (isReachedBySockets(template)) {
      at(key, drivers.switching().servesSockets());
    }
    String image = at(key, Result.of(() -> images.install(template, drivers)));
    return new Placement(
        template.name(),
        template.type().toString(),
        image,
        template.inOrder(ports),
        technologies(template),
        cores(template),
        at(key, Result.of(() -> policy.containment(graph, template))),
        at(key, Result.of(() -> policy.shared(graph, template, image))),
        0);
  }

  private static boolean isReachedBySockets(FunctionTemplate template) {
    return template.type() == ImplementationType.DPDK
        && template.ports().stream()
            .anyMatch(range -> range.technology().equals(Optional.of(PortTechnology.USVHOST)));
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

  private static int cores(FunctionTemplate template) {
    return template
        .resources()
        .processors()
        .map(processors -> processors.cores().stream().mapToInt(Integer::intValue).sum())
        .orElse(1);
  }

  /**
   * A function that the catalog does not have may have come since it was read, or other machines
   * may have it.
   */
  private Result<FunctionTemplate> find(NetworkFunction function) {
    Result<FunctionTemplate> found = catalog.find(function, suitability::missing);
    if (found instanceof Result.Done<FunctionTemplate>) {
      return found;
    }
    catalog.reload();
    Result<FunctionTemplate> again = catalog.find(function, suitability::missing);
    boolean unknown =
        again instanceof Result.Failed<FunctionTemplate>(Problem problem)
            && problem.code() == Code.UNKNOWN_REFERENCE;
    if (!unknown) {
      return again;
    }
    catalog.ask(function);
    return catalog.find(function, suitability::missing);
  }

  /** The key by which the catalog looks a function up. */
  private static String lookUpKey(NetworkFunction function) {
    if (!function.template().isEmpty()) {
      return "vnf_template";
    }
    return function.functionalCapability().isEmpty() ? "name" : "functional-capability";
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

  private static <T> T at(String pointer, Result<T> result) {
    return switch (result) {
      case Result.Done<T>(T value) -> value;
      case Result.Failed<T>(Problem problem) -> throw problem.at(pointer).asException();
    };
  }
}
