package org.universalnode.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.Result;

/**
 * What a function of a graph asks a catalog for.
 *
 * @param wanted for messages
 * @param preferred templates that come first
 * @param others templates that come after these
 * @param offer what to list of a catalog that has neither
 */
record Lookup(
    String wanted,
    Predicate<FunctionTemplate> preferred,
    Predicate<FunctionTemplate> others,
    Function<FunctionTemplate, String> offer) {
  private static final int LISTED = 20;

  static Lookup of(NetworkFunction function) {
    if (!function.template().isEmpty()) {
      return byTemplate(function.template());
    }
    return function.functionalCapability().isEmpty()
        ? byName(function.name())
        : byCapability(function.functionalCapability());
  }

  private static Lookup byTemplate(String name) {
    String wanted = "template named " + JsonText.quoted(name);
    return new Lookup(wanted, named(name), _ -> false, FunctionTemplate::name);
  }

  private static Lookup byCapability(String capability) {
    String wanted = "template with the functional capability " + JsonText.quoted(capability);
    return new Lookup(
        wanted, capability(capability), _ -> false, FunctionTemplate::functionalCapability);
  }

  private static Lookup byName(String name) {
    String wanted = "template with the name or functional capability " + JsonText.quoted(name);
    return new Lookup(wanted, named(name), capability(name), FunctionTemplate::name);
  }

  private static Predicate<FunctionTemplate> named(String name) {
    return template -> template.name().equals(name);
  }

  static Predicate<FunctionTemplate> capability(String capability) {
    return template -> template.functionalCapability().equalsIgnoreCase(capability);
  }

  /** All that nothing is missing of; {@code catalog} is in the order of names. */
  Result<Implementations> in(
      List<FunctionTemplate> catalog, Function<FunctionTemplate, List<Problem>> missing) {
    List<Implementations.Refused> refused = new ArrayList<>();
    for (Predicate<FunctionTemplate> rank : List.of(preferred, preferred.negate().and(others))) {
      List<FunctionTemplate> good = new ArrayList<>();
      for (FunctionTemplate candidate : catalog.stream().filter(rank).toList()) {
        List<Problem> problems = missing.apply(candidate);
        if (problems.isEmpty()) {
          good.add(candidate);
        } else {
          refused.add(new Implementations.Refused(candidate, problems));
        }
      }
      if (!good.isEmpty()) {
        return Result.done(new Implementations(good, refused));
      }
    }
    return Result.failed(refused.isEmpty() ? unknown(catalog) : unsupported(refused));
  }

  private static String reason(Implementations.Refused refused) {
    List<String> details = refused.problems().stream().map(Problem::detail).toList();
    return refused.template().name() + ": " + listed(details);
  }

  private Problem unknown(List<FunctionTemplate> catalog) {
    Problem problem = Problem.of(Code.UNKNOWN_REFERENCE, "there is no " + wanted);
    List<String> offers = catalog.stream().map(offer).distinct().sorted().toList();
    return offers.isEmpty()
        ? problem.next("this node has no templates; add some to its folder of templates")
        : problem.next("this node has " + listed(offers));
  }

  private Problem unsupported(List<Implementations.Refused> refused) {
    List<String> reasons = refused.stream().map(Lookup::reason).toList();
    List<String> steps =
        refused.stream()
            .flatMap(one -> one.problems().stream())
            .map(Problem::nextStep)
            .filter(step -> !step.isEmpty())
            .distinct()
            .toList();
    return Problem.of(
            Code.UNSUPPORTED, "this node can't run any " + wanted + ": " + listed(reasons, "; "))
        .next(listed(steps, "; or "));
  }

  private static String listed(List<String> items) {
    return listed(items, ", ");
  }

  private static String listed(List<String> items, String separator) {
    String shown = items.stream().limit(LISTED).collect(Collectors.joining(separator));
    return items.size() <= LISTED ? shown : shown + " and " + (items.size() - LISTED) + " more";
  }
}
