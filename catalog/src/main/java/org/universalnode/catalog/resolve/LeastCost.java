package org.universalnode.catalog.resolve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The resolver: of all assignments of candidates to functions that keep within the free resources,
 * the one that costs least. Exact as long as the search is not ended by its limit; then the best
 * that was found. The same question always has the same answer.
 *
 * @param mostChoices how many the search tries before it is ended
 */
public record LeastCost(int mostChoices) {
  /** Enough for the graphs of a home or an office, and a fraction of a second. */
  public static final LeastCost USUAL = new LeastCost(200_000);

  /**
   * Answers a question.
   *
   * @throws IllegalArgumentException if a function has no candidate at all
   */
  public Answer answer(Question question) {
    for (Need need : question.needs()) {
      if (need.candidates().stream().noneMatch(one -> lack(question, one).isEmpty())) {
        return refused(question, need);
      }
    }
    Model model = new Model(question, one -> lack(question, one).isEmpty());
    Search search = new Search(model, mostChoices);
    return search
        .run()
        .<Answer>map(choices -> found(question, model, choices, search.isWhole()))
        .orElseGet(() -> nearest(question));
  }

  /** Nothing was found that fits; if the search was ended too early, there may be something. */
  private Answer nearest(Question question) {
    Model model = new Model(question, one -> one.cores() <= question.loads().count());
    int[] choices = new LeastMissing(model, mostChoices).run();
    return lack(model, choices)
        .<Answer>map(shortage -> new Answer.Refused("", shortage))
        .orElseGet(() -> found(question, model, choices, false));
  }

  /** What one candidate alone lacks, the worst of it. */
  private static Optional<Shortage> lack(Question question, Candidate candidate) {
    List<Shortage> all = new ArrayList<>();
    if (candidate.cores() > question.loads().count()) {
      all.add(new Shortage(Resource.CORES, candidate.cores(), question.loads().count()));
    }
    for (Resource resource : Resource.TAKEN) {
      long free = Math.max(0, question.free().of(resource));
      if (candidate.demand().of(resource) > free) {
        all.add(new Shortage(resource, candidate.demand().of(resource), free));
      }
    }
    return worst(all);
  }

  /** What an assignment lacks, the worst of it. */
  private static Optional<Shortage> lack(Model model, int[] choices) {
    long[] taken = model.taken(choices);
    List<Shortage> all = new ArrayList<>();
    for (int i = 0; i < taken.length; i++) {
      if (taken[i] > model.free(i)) {
        all.add(new Shortage(Resource.TAKEN.get(i), taken[i], model.free(i)));
      }
    }
    return worst(all);
  }

  private static Optional<Shortage> worst(List<Shortage> all) {
    return all.stream().max(Comparator.comparingLong(Shortage::missing));
  }

  /** By the candidate that lacks least. */
  private static Answer refused(Question question, Need need) {
    return need.candidates().stream()
        .flatMap(candidate -> lack(question, candidate).stream())
        .min(Comparator.comparingLong(Shortage::missing))
        .map(shortage -> new Answer.Refused(need.function(), shortage))
        .orElseThrow(
            () -> new IllegalArgumentException("nothing to choose from for " + need.function()));
  }

  private static Answer found(Question question, Model model, int[] choices, boolean proven) {
    Map<String, String> chosen = new LinkedHashMap<>();
    Map<String, Map<String, Verdict>> verdicts = new LinkedHashMap<>();
    question.needs().forEach(need -> chosen.put(need.function(), ""));
    question.needs().forEach(need -> verdicts.put(need.function(), Map.of()));
    for (int function = 0; function < model.size(); function++) {
      Need need = model.need(function);
      chosen.put(need.function(), model.candidate(function, choices[function]).name());
      verdicts.put(need.function(), verdicts(question, model, choices, function));
    }
    return new Answer.Found(
        chosen,
        question.loads().least(model.wanted(choices)),
        model.cost(choices),
        proven,
        verdicts);
  }

  private static Map<String, Verdict> verdicts(
      Question question, Model model, int[] choices, int function) {
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (Candidate candidate : model.need(function).candidates()) {
      lack(question, candidate)
          .ifPresent(lack -> verdicts.put(candidate.name(), new Verdict.Lacking(lack)));
    }
    int[] other = choices.clone();
    for (int choice = 0; choice < model.choices(function); choice++) {
      other[function] = choice;
      Verdict verdict =
          lack(model, other)
              .<Verdict>map(Verdict.Lacking::new)
              .orElse(
                  choice == choices[function]
                      ? new Verdict.Chosen(price(model, other, function))
                      : new Verdict.Dearer(price(model, other, function)));
      verdicts.put(model.candidate(function, choice).name(), verdict);
    }
    return verdicts;
  }

  private static Price price(Model model, int[] choices, int function) {
    return CostModel.of(model.need(function), model.candidate(function, choices[function]))
        .with(model.paths(function, choices), model.cores(model.wanted(choices)));
  }
}
