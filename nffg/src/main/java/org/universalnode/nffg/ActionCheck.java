package org.universalnode.nffg;

import java.util.List;
import org.universalnode.nffg.json.JsonFields;

/** Whether the actions of a rule can be done with the frames that its match lets through. */
final class ActionCheck {
  private final JsonFields rule;
  private final MatchFields match;
  private Tag tag;

  /** What is known of the frame's outermost tag. */
  private enum Tag {
    PRESENT,
    ABSENT,
    UNKNOWN
  }

  /** The match with its prerequisites. */
  private ActionCheck(JsonFields rule, MatchFields match) {
    this.rule = rule;
    this.match = match;
    this.tag = tag(match);
  }

  /** Tells a problem for each action that can't be done; {@code match} has its prerequisites. */
  static void check(List<Action> actions, MatchFields match, JsonFields rule) {
    ActionCheck check = new ActionCheck(rule, match);
    actions.forEach(check::action);
  }

  private static Tag tag(MatchFields match) {
    return match
        .get(HeaderField.VLAN)
        .map(vlan -> vlan.equals(FieldMatch.UNTAGGED) ? Tag.ABSENT : Tag.PRESENT)
        .orElse(Tag.UNKNOWN);
  }

  private void action(Action action) {
    switch (action) {
      case Action.PushVlan _ -> tag = Tag.PRESENT;
      case Action.PopVlan _ -> pop();
      case Action.SetField(HeaderField field, Bits _) -> set(field);
      case Action.Output _, Action.OutputToController _, Action.OutputToQueue _, Action.Drop _ -> {}
    }
  }

  private void pop() {
    if (tag != Tag.PRESENT) {
      rule.problem(
          "actions", "pop_vlan is done to frames that may have no tag", "match a vlan_id, or ANY");
    }
    tag = Tag.UNKNOWN;
  }

  private void set(HeaderField field) {
    if (field == HeaderField.VLAN || field == HeaderField.VLAN_PRIORITY) {
      if (tag == Tag.ABSENT) {
        contradiction(field, "frames without a tag", "use push_vlan");
      }
      return;
    }
    if (Prerequisites.contradict(match, field)) {
      contradiction(field, "frames that do not have it", "change the match or the action");
    }
  }

  private void contradiction(HeaderField field, String frames, String nextStep) {
    rule.problem("actions", ActionKey.setterOf(field) + " is done to " + frames, nextStep);
  }
}
