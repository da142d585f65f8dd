package org.universalnode.catalog;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** The first that is supported; {@code catalog} is in the order of names. */
  Result<FunctionTemplate> in(List<FunctionTemplate> catalog, Set<ImplementationType> supported) {
    List<FunctionTemplate> candidates =
        Stream.of(preferred, preferred.negate().and(others))
            .flatMap(rank -> catalog.stream().filter(rank))
            .toList();
    if (candidates.isEmpty()) {
      return Result.failed(unknown(catalog));
    }
    return candidates.stream()
        .filter(template -> supported.contains(template.type()))
        .findFirst()
        .map(Result::done)
        .orElseGet(() -> Result.failed(unsupported(candidates, supported)));
  }

  private Problem unknown(List<FunctionTemplate> catalog) {
    Problem problem = Problem.of(Code.UNKNOWN_REFERENCE, "there is no " + wanted);
    List<String> offers = catalog.stream().map(offer).distinct().sorted().toList();
    return offers.isEmpty()
        ? problem.next("this node has no templates; add some to its folder of templates")
        : problem.next("this node has " + listed(offers));
  }

  private Problem unsupported(
      List<FunctionTemplate> candidates, Set<ImplementationType> supported) {
    List<String> refused =
        candidates.stream().map(one -> one.name() + " is of the type " + one.type()).toList();
    String detail = "this node can't run any " + wanted + ": " + listed(refused);
    List<String> types = supported.stream().sorted().map(ImplementationType::toString).toList();
    return Problem.of(Code.UNSUPPORTED, detail)
        .next("this node runs " + (types.isEmpty() ? "no type of function" : listed(types)));
  }

  private static String listed(List<String> items) {
    String shown = items.stream().limit(LISTED).collect(Collectors.joining(", "));
    return items.size() <= LISTED ? shown : shown + " and " + (items.size() - LISTED) + " more";
  }
}
