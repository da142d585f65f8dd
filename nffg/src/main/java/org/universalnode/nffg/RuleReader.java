package org.universalnode.nffg;

import java.util.List;
import java.util.Optional;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.Problems;

/** Reads the elements of {@code flow-rules}, one after the other. */
final class RuleReader {
  private final Declarations declared;
  private final Problems problems;
  private final MatchReader matchReader;
  private final RuleOrder rules = new RuleOrder();

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
    List<Action> actions = new ActionReader(declared, problems, rule).read(fields);
    fields.rejectUnknown();
    if (problems.count() != before || id.isEmpty() || match.isEmpty()) {
      return Optional.empty();
    }
    FlowRule read = new FlowRule(id.get(), priority, description, match.get(), actions);
    MatchFields whole = match.get().fields().withPrerequisites();
    ActionCheck.check(actions, whole, fields);
    rules.add(read, whole, fields);
    return Optional.of(read);
  }

  /** Tells of rules that another one keeps from ever deciding; call it after the last rule. */
  void checkOrder() {
    rules.warnOfUnreachable();
  }
}
