package org.universalnode.nffg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Reads the elements of {@code flow-rules}, one after the other. */
final class RuleReader {
  private final Declarations declared;
  private final Problems problems;
  private final MatchReader matchReader;
  private final Map<Decision, String> decided = new HashMap<>();

  /** Two rules that agree in it leave open which one decides. */
  private record Decision(int priority, Match match) {}

  RuleReader(Declarations declared, Problems problems) {
    this.declared = declared;
    this.problems = problems;
    matchReader = new MatchReader(declared, problems);
  }

  /** Empty if it has problems, which are told. */
  Optional<FlowRule> read(JsonFields fields) {
    int before = problems.count();
    Optional<String> id = fields.requiredParsed("id", Identifier::id);
    declared.rule(fields, id);
    String rule = id.map(known -> "rule " + known).orElse("the rule");
    int priority = fields.integer("priority", 0, FlowRule.HIGHEST_PRIORITY).orElse(0);
    String description = fields.string("description");
    Optional<Match> match = matchReader.read(fields.requiredObject("match"), rule);
    List<Action> actions = actions(fields, rule);
    fields.rejectUnknown();
    if (problems.count() != before || id.isEmpty() || match.isEmpty()) {
      return Optional.empty();
    }
    FlowRule read = new FlowRule(id.get(), priority, description, match.get(), actions);
    checkDecision(read, fields.pointer());
    return Optional.of(read);
  }

  private List<Action> actions(JsonFields rule, String name) {
    int before = problems.count();
    List<Action> actions = new ArrayList<>();
    for (JsonFields fields : rule.requiredObjects("actions", FlowRule.MOST_ACTIONS)) {
      actions(fields, name, actions);
    }
    if (actions.isEmpty() && problems.count() == before) {
      rule.problem("actions", name + " sends frames nowhere", "add an output_to_port");
    }
    return actions;
  }

  /** One element may hold several actions, which are done in the order written. */
  private void actions(JsonFields fields, String rule, List<Action> actions) {
    fields
        .parsed("output_to_port", text -> declared.check(PortRef.parse(text), rule + " sends to"))
        .map(Action.Output::new)
        .ifPresent(actions::add);
    if (fields.isEmpty()) {
      problems.add(
          new Problem(
              Code.INVALID_DOCUMENT, fields.pointer(), "this action is empty", "remove it"));
    }
    NotCarried.refuse(fields, NotCarried.ACTION_KEYS, "action");
    fields.rejectUnknown();
  }

  private void checkDecision(FlowRule rule, String pointer) {
    Match whole = new Match(rule.match().portIn(), rule.match().fields().withPrerequisites());
    String other = decided.putIfAbsent(new Decision(rule.priority(), whole), rule.id());
    if (other != null) {
      problems.add(
          new Problem(
              Code.INVALID_DOCUMENT,
              pointer,
              "rule " + rule.id() + " has the match and the priority of rule " + other,
              "change the priority of one of them"));
    }
  }
}
