package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.ImplementationType;
import org.universalnode.catalog.Implementations;
import org.universalnode.catalog.PortTechnology;
import org.universalnode.catalog.resolve.Candidate;
import org.universalnode.nffg.FunctionPort;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.PortLabel;
import org.universalnode.node.choice.Demands;
import org.universalnode.node.deploy.Candidates.Good;
import org.universalnode.node.deploy.Candidates.Refused;
import org.universalnode.node.deploy.Resolver.Situation;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;
import org.universalnode.switching.SwitchDriver;

/** Which templates can implement a function of a graph here, whatever they cost. */
record Selection(
    Demands demands, Suitability suitability, RunningPolicy policy, SwitchDriver switching) {

  /**
   * At least one that would do.
   *
   * @param pointer of the function in its document
   * @throws ProblemException with what is wrong, if there is none
   */
  Candidates candidates(Situation situation, NetworkFunction function, String pointer) {
    Implementations found = at(key(function, pointer), find(function));
    Map<String, Good> good = new LinkedHashMap<>();
    Map<String, Refused> refused = new TreeMap<>();
    List<List<Problem>> all = new ArrayList<>();
    found.refused().forEach(one -> refuse(one.template(), one.problems(), refused));
    for (FunctionTemplate template : found.good()) {
      List<Problem> wrong = wrong(situation.graph(), function, template, pointer);
      if (wrong.isEmpty()) {
        good.put(template.name(), new Good(template, candidate(situation, template)));
      } else {
        all.add(wrong);
        refuse(template, wrong, refused);
      }
    }
    if (good.isEmpty()) {
      throw all.size() == 1
          ? new ProblemException(all.getFirst())
          : none(function, refused, pointer);
    }
    return new Candidates(function, good, refused);
  }

  /** Where a function says which template it wants. */
  static String key(NetworkFunction function, String pointer) {
    if (!function.template().isEmpty()) {
      return pointer + "/vnf_template";
    }
    return pointer
        + (function.functionalCapability().isEmpty() ? "/name" : "/functional-capability");
  }

  static <T> T at(String pointer, Result<T> result) {
    return switch (result) {
      case Result.Done<T>(T value) -> value;
      case Result.Failed<T>(Problem problem) -> throw problem.at(pointer).asException();
    };
  }

  /**
   * A function that the catalog does not have may have come since it was read, or other machines
   * may have it.
   */
  private Result<Implementations> find(NetworkFunction function) {
    Catalog catalog = demands.catalog();
    Result<Implementations> found = catalog.implementations(function, suitability::missing);
    if (found instanceof Result.Failed<Implementations>) {
      catalog.reload();
      found = catalog.implementations(function, suitability::missing);
    }
    if (isUnknown(found)) {
      catalog.ask(function);
      found = catalog.implementations(function, suitability::missing);
    }
    return found;
  }

  private static boolean isUnknown(Result<Implementations> found) {
    return found instanceof Result.Failed<Implementations>(Problem problem)
        && problem.code() == Code.UNKNOWN_REFERENCE;
  }

  private Candidate candidate(Situation situation, FunctionTemplate template) {
    boolean shared = policy.isShared(situation.graph(), template);
    return demands.candidate(
        template, shared, shared && situation.served().contains(template.name()));
  }

  private List<Problem> wrong(
      String graph, NetworkFunction function, FunctionTemplate template, String pointer) {
    List<PortLabel> ports = function.ports().stream().map(FunctionPort::id).toList();
    List<Problem> wrong =
        template.checkPorts(ports).stream()
            .map(problem -> problem.at(pointer + "/ports" + problem.pointer()))
            .toList();
    return wrong.isEmpty()
        ? refusal(graph, template).map(one -> one.at(key(function, pointer))).stream().toList()
        : wrong;
  }

  /** By the switch, or by how the operator wants instances to be run. */
  private Optional<Problem> refusal(String graph, FunctionTemplate template) {
    if (isReachedBySockets(template)
        && switching.servesSockets() instanceof Result.Failed<?>(Problem problem)) {
      return Optional.of(problem);
    }
    Result<?> run =
        Result.of(() -> policy.containment(graph, template))
            .flatMap(_ -> Result.of(() -> policy.isShared(graph, template)));
    return run instanceof Result.Failed<?>(Problem problem)
        ? Optional.of(problem)
        : Optional.empty();
  }

  private static boolean isReachedBySockets(FunctionTemplate template) {
    return template.type() == ImplementationType.DPDK
        && template.ports().stream()
            .anyMatch(range -> range.technology().equals(Optional.of(PortTechnology.USVHOST)));
  }

  private static void refuse(
      FunctionTemplate template, List<Problem> problems, Map<String, Refused> refused) {
    String reason = problems.stream().map(Problem::detail).collect(Collectors.joining("; "));
    refused.put(template.name(), new Refused(template.type().toString(), reason));
  }

  private static ProblemException none(
      NetworkFunction function, Map<String, Refused> refused, String pointer) {
    String reasons =
        refused.entrySet().stream()
            .map(one -> one.getKey() + ": " + one.getValue().reason())
            .collect(Collectors.joining("; "));
    return Problem.of(Code.UNSUPPORTED, "no implementation would do for this function: " + reasons)
        .next("give it the ports of one of them, or name another")
        .at(key(function, pointer))
        .asException();
  }
}
