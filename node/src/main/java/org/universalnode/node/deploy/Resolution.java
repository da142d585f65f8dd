package org.universalnode.node.deploy;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.ImplementationType;
import org.universalnode.catalog.archive.ArchiveStore;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.PortLabel;
import org.universalnode.nffg.ServiceGraph;
import org.universalnode.nffg.json.JsonPointer;
import org.universalnode.nffg.json.Problems;
import org.universalnode.node.store.Placement;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;

/**
 * Finds what a graph names: implementations of its functions and interfaces of its end-points.
 * Nothing is changed, and all that is wrong is said at once, with a pointer into the document.
 */
public final class Resolution {
  private static final String ROOT = "/forwarding-graph";

  private final Catalog catalog;
  private final ArchiveStore archives;
  private final HostInterfaces interfaces;
  private final Set<ImplementationType> supported;

  public Resolution(
      Catalog catalog, ArchiveStore archives, HostInterfaces interfaces, List<String> types) {
    this.catalog = catalog;
    this.archives = archives;
    this.interfaces = interfaces;
    this.supported =
        java.util.Arrays.stream(ImplementationType.values())
            .filter(type -> types.contains(type.toString()))
            .collect(Collectors.toUnmodifiableSet());
  }

  public Set<ImplementationType> supported() {
    return supported;
  }

  /** The implementation of each function, by its id. */
  public Map<String, Placement> resolve(ServiceGraph graph) {
    Problems problems = new Problems();
    Map<String, Placement> chosen = new LinkedHashMap<>();
    for (int i = 0; i < graph.functions().size(); i++) {
      NetworkFunction function = graph.functions().get(i);
      String pointer = JsonPointer.child(ROOT + "/VNFs", i);
      try {
        chosen.put(function.id(), place(function, pointer));
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

  private Placement place(NetworkFunction function, String pointer) {
    String key = pointer + "/" + lookUpKey(function);
    FunctionTemplate template = at(key, find(function));
    List<PortLabel> ports = function.ports().stream().map(FunctionPort::id).toList();
    List<Problem> wrong = template.checkPorts(ports);
    if (!wrong.isEmpty()) {
      throw new ProblemException(
          wrong.stream().map(p -> p.at(pointer + "/ports" + p.pointer())).toList());
    }
    return new Placement(
        template.name(),
        template.type().toString(),
        at(key, Result.of(() -> archives.unpack(template.image()))),
        template.memoryMegabytes(),
        ports.stream()
            .sorted(Comparator.comparing(port -> template.position(port).orThrow()))
            .toList());
  }

  /** A function that the catalog does not have may have come since it was read. */
  private Result<FunctionTemplate> find(NetworkFunction function) {
    Result<FunctionTemplate> found = catalog.find(function, supported);
    if (found instanceof Result.Done<FunctionTemplate>) {
      return found;
    }
    catalog.reload();
    return catalog.find(function, supported);
  }

  /** The key by which the catalog looks a function up. */
  private static String lookUpKey(NetworkFunction function) {
    if (!function.template().isEmpty()) {
      return "vnf_template";
    }
    return function.functionalCapability().isEmpty() ? "name" : "functional-capability";
  }

  private void checkEndPoint(EndPoint endPoint, String pointer, Problems problems) {
    switch (endPoint.kind()) {
      case EndPoint.Kind.Interface(String name, String _) ->
          interfaces
              .refusal(name)
              .ifPresent(problem -> problems.add(problem.at(pointer + "/interface/if-name")));
    }
  }

  private static <T> T at(String pointer, Result<T> result) {
    return switch (result) {
      case Result.Done<T>(T value) -> value;
      case Result.Failed<T>(Problem problem) -> throw problem.at(pointer).asException();
    };
  }
}
