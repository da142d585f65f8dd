package org.universalnode.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param id of a template, by which a source may know it
 * @param listed what to list of a catalog that has neither
 */
record Lookup(
    String wanted,
    Predicate<FunctionTemplate> preferred,
    Predicate<FunctionTemplate> others,
    String id,
    Function<FunctionTemplate, String> listed) {
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
    return new Lookup(wanted, named(name), pinned(name), name, FunctionTemplate::name);
  }

  private static Lookup byCapability(String capability) {
    String wanted = "template with the functional capability " + JsonText.quoted(capability);
    return new Lookup(
        wanted, capability(capability), _ -> false, "", FunctionTemplate::functionalCapability);
  }

  private static Lookup byName(String name) {
    String wanted = "template with the name or functional capability " + JsonText.quoted(name);
    return new Lookup(wanted, named(name), capability(name), "", FunctionTemplate::name);
  }

  private static Predicate<FunctionTemplate> named(String name) {
    return template -> template.name().equals(name);
  }

  /** One version of a template: {@code nat@1.2}. */
  private static Predicate<FunctionTemplate> pinned(String text) {
    return template -> text.equals(template.name() + "@" + template.version());
  }

  static Predicate<FunctionTemplate> capability(String capability) {
    return template -> template.functionalCapability().equalsIgnoreCase(capability);
  }

  /** All that nothing is missing of, in the order of the offer. */
  Result<Implementations> in(Offer offer, Function<FunctionTemplate, List<Problem>> missing) {
    List<Implementations.Refused> refused = new ArrayList<>();
    for (List<FunctionTemplate> rank : ranks(offer)) {
      Map<String, FunctionTemplate> good = new LinkedHashMap<>();
      for (FunctionTemplate candidate : rank) {
        List<Problem> problems = missing.apply(candidate);
        if (problems.isEmpty()) {
          good.putIfAbsent(candidate.name(), candidate); // the newest version comes first
        } else {
          refused.add(new Implementations.Refused(candidate, problems));
        }
      }
      if (!good.isEmpty()) {
        return Result.done(new Implementations(List.copyOf(good.values()), refused));
      }
    }
    return Result.failed(refused.isEmpty() ? unknown(offer.templates()) : unsupported(refused));
  }

  private List<List<FunctionTemplate>> ranks(Offer offer) {
    List<FunctionTemplate> all = offer.templates();
    return List.of(
        all.stream().filter(preferred).toList(),
        all.stream().filter(preferred.negate().and(others)).toList(),
        Optional.ofNullable(offer.ids().get(id)).stream().toList());
  }

  private static String reason(Implementations.Refused refused) {
    List<String> details = refused.problems().stream().map(Problem::detail).toList();
    return refused.template().name() + ": " + listed(details);
  }

  private Problem unknown(List<FunctionTemplate> catalog) {
    Problem problem = Problem.of(Code.UNKNOWN_REFERENCE, "there is no " + wanted);
    List<String> offers = catalog.stream().map(listed).distinct().sorted().toList();
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
