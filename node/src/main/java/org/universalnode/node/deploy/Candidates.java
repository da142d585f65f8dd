package org.universalnode.node.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.universalnode.catalog.FunctionTemplate;
import org.universalnode.catalog.resolve.Candidate;
import org.universalnode.catalog.resolve.Need;
import org.universalnode.catalog.resolve.Verdict;
import org.universalnode.nffg.NetworkFunction;
import org.universalnode.node.choice.Choices;
import org.universalnode.node.store.Placement;

/**
 * What could implement one function of a graph.
 *
 * @param good templates that would do, by name, as the resolver sees them
 * @param refused types of other templates and why they would not, by name
 */
record Candidates(NetworkFunction function, Map<String, Good> good, Map<String, Refused> refused) {

  /** A template that would do. */
  record Good(FunctionTemplate template, Candidate candidate) {}

  /** A template that would not do. */
  record Refused(String type, String reason) {}

  Candidates {
    good = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(good));
    refused = Map.copyOf(refused);
  }

  Need need(Map<String, Placement> running) {
    List<Candidate> candidates = good.values().stream().map(Good::candidate).toList();
    Optional<String> now =
        Optional.ofNullable(running.get(function.id()))
            .map(Placement::template)
            .filter(good::containsKey);
    return new Need(function.id(), candidates, now);
  }

  /** The one of that name. */
  FunctionTemplate template(String name) {
    Good one = good.get(name);
    if (one == null) {
      throw new IllegalArgumentException(name + " is no candidate for " + function.id());
    }
    return one.template();
  }

  /** What became of all of them. */
  Choices.Choice explained(String chosen, Map<String, Verdict> verdicts) {
    Map<String, Choices.Option> options = new TreeMap<>();
    refused.forEach(
        (name, why) ->
            options.put(
                name, new Choices.Option(name, why.type(), Optional.empty(), why.reason())));
    verdicts.forEach(
        (name, verdict) -> {
          Good one = good.get(name);
          if (one != null) {
            options.put(name, option(one.template(), verdict));
          }
        });
    return new Choices.Choice(function.id(), chosen, new ArrayList<>(options.values()));
  }

  private static Choices.Option option(FunctionTemplate template, Verdict verdict) {
    String type = template.type().toString();
    return switch (verdict) {
      case Verdict.Chosen(var price) ->
          new Choices.Option(template.name(), type, Optional.of(price), "");
      case Verdict.Dearer(var price) ->
          new Choices.Option(template.name(), type, Optional.of(price), "");
      case Verdict.Lacking(var shortage) ->
          new Choices.Option(template.name(), type, Optional.empty(), shortage.toString());
    };
  }
}
