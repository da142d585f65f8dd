package org.universalnode.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * What a source of templates has.
 *
 * @param templates the better ones first
 * @param ids those that the source knows by an id of its own, too
 * @param problems what is wrong with others, or with the source
 */
public record Offer(
    List<FunctionTemplate> templates, Map<String, FunctionTemplate> ids, List<Problem> problems) {
  public static final Offer NOTHING = new Offer(List.of(), Map.of(), List.of());

  public Offer {
    templates = List.copyOf(templates);
    ids = Map.copyOf(ids);
    problems = List.copyOf(problems);
  }

  /** With its templates by name, and of one name the newest first. */
  public Offer inOrder() {
    return new Offer(templates.stream().sorted(FunctionTemplate.IN_ORDER).toList(), ids, problems);
  }

  static Offer of(TemplateFolder folder) {
    return new Offer(folder.templates(), Map.of(), folder.problems());
  }

  /**
   * One of several. A name belongs to the first that has it, whatever versions the others have; so
   * who fills a later source can't put something else in the place of an earlier one's.
   */
  static Offer merged(List<Offer> sources) {
    List<FunctionTemplate> templates = new ArrayList<>();
    Map<String, FunctionTemplate> ids = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Offer source : sources) {
      Map<Boolean, List<FunctionTemplate>> split =
          source.templates().stream()
              .collect(Collectors.partitioningBy(one -> taken.contains(one.name())));
      split.getOrDefault(true, List.of()).forEach(one -> problems.add(hidden(one)));
      templates.addAll(split.getOrDefault(false, List.of()));
      source.templates().forEach(one -> taken.add(one.name()));
      source.ids().forEach(ids::putIfAbsent);
      problems.addAll(source.problems());
    }
    return new Offer(templates, ids, problems);
  }

  private static Problem hidden(FunctionTemplate template) {
    String name = JsonText.quoted(template.name());
    return Problem.of(Code.CONFLICT, "an earlier source has templates named " + name + ", too")
        .next("those are used; rename one, or change the order of the sources");
  }
}
