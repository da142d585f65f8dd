package org.universalnode.nffg;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.nffg.json.Problems;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Reads the {@code actions} of one rule. */
final class ActionReader {
  private static final Set<String> VOCABULARY = vocabulary();

  private final Declarations declared;
  private final Problems problems;
  private final String rule;
  private final List<Action> actions = new ArrayList<>();

  /** {@code rule} names the rule in messages. */
  ActionReader(Declarations declared, Problems problems, String rule) {
    this.declared = declared;
    this.problems = problems;
    this.rule = rule;
  }

  /** What could be read; problems are told. */
  List<Action> read(JsonFields ruleFields) {
    int before = problems.count();
    ruleFields.requiredObjects("actions", FlowRule.MOST_ACTIONS).forEach(this::element);
    if (problems.count() == before) {
      checkEnd(ruleFields);
    }
    return actions;
  }

  /** One element may hold several actions, which are done in the order written. */
  private void element(JsonFields fields) {
    for (String key : fields.keys()) {
      action(key, fields).ifPresent(actions::add);
    }
    if (fields.isEmpty()) {
      problems.add(
          new Problem(
              Code.INVALID_DOCUMENT, fields.pointer(), "this action is empty", "remove it"));
    }
    fields.rejectUnknown(VOCABULARY);
  }

  private Optional<Action> action(String key, JsonFields fields) {
    return switch (key) {
      case ActionKey.OUTPUT ->
          fields
              .parsed(key, text -> declared.check(PortRef.parse(text), rule + " sends to"))
              .map(Action.Output::new);
      case ActionKey.QUEUE -> fields.parsed(key, Action.OutputToQueue::new);
      case ActionKey.PUSH_VLAN -> fields.parsed(key, Notation::vlanId).map(Action.PushVlan::new);
      case ActionKey.POP_VLAN -> flag(key, fields, new Action.PopVlan());
      case ActionKey.DROP -> flag(key, fields, new Action.Drop());
      case ActionKey.CONTROLLER -> flag(key, fields, new Action.OutputToController());
      default -> setter(key, fields);
    };
  }

  /** The action if the value is true; older programs write that as a string. */
  private static Optional<Action> flag(String key, JsonFields fields, Action action) {
    boolean text = fields.element(key).filter(ActionReader::isTruthText).isPresent();
    boolean wanted = text ? fields.string(key).equals("true") : fields.bool(key).orElse(false);
    return wanted ? Optional.of(action) : Optional.empty();
  }

  private static boolean isTruthText(JsonElement value) {
    return value.isJsonPrimitive()
        && value.getAsJsonPrimitive().isString()
        && List.of("true", "false").contains(value.getAsString());
  }

  private static Optional<Action> setter(String key, JsonFields fields) {
    List<HeaderField> targets = ActionKey.SETTERS.getOrDefault(key, List.of());
    return targets.isEmpty()
        ? Optional.empty()
        : fields.parsed(key, text -> setField(text, targets));
  }

  private static Action setField(String text, List<HeaderField> targets) {
    HeaderField field = text.indexOf(':') < 0 ? targets.getFirst() : targets.getLast();
    if (field == HeaderField.VLAN) {
      return new Action.SetField(field, FieldMatch.vlan(Notation.vlanId(text)).value());
    }
    FieldMatch value = field.parse(text);
    if (!value.mask().equals(field.mask())) {
      throw Invalid.because(
          JsonText.quoted(text) + " is not one address", "leave the prefix length out");
    }
    return new Action.SetField(field, value.value());
  }

  private void checkEnd(JsonFields fields) {
    boolean drops = actions.contains(new Action.Drop());
    int last = -1;
    for (int i = 0; i < actions.size(); i++) {
      last = isOutput(actions.get(i)) ? i : last;
    }
    if (drops && last >= 0) {
      fields.problem("actions", rule + " drops frames and sends them", "remove drop or the output");
    } else if (!drops && last < 0) {
      fields.problem("actions", rule + " sends frames nowhere", "add an output_to_port");
    } else if (!drops && last < actions.size() - 1) {
      fields.warning("actions", "what comes after the last output has no effect", "move it up");
    }
  }

  private static boolean isOutput(Action action) {
    return action instanceof Action.Output || action instanceof Action.OutputToController;
  }

  private static Set<String> vocabulary() {
    Set<String> keys = new LinkedHashSet<>();
    keys.addAll(
        List.of(
            ActionKey.OUTPUT,
            ActionKey.PUSH_VLAN,
            ActionKey.POP_VLAN,
            ActionKey.DROP,
            ActionKey.CONTROLLER,
            ActionKey.QUEUE));
    keys.addAll(ActionKey.SETTERS.keySet());
    return keys;
  }
}
