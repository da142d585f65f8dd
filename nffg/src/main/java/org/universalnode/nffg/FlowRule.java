package org.universalnode.nffg;

import java.util.List;
import java.util.stream.Stream;

/**
 * A rule of the big switch: of all rules that match a frame the one with the highest priority
 * decides.
 *
 * @param id unique among the graph's rules
 * @param priority 0 to 65535, higher wins
 * @param description for people; empty if absent
 * @param match the frames it is about
 * @param actions at least one output or a drop, in the order in which they are done
 */
public record FlowRule(
    String id, int priority, String description, Match match, List<Action> actions) {
  public static final int HIGHEST_PRIORITY = 65535;
  public static final int MOST_ACTIONS = 256;

  public FlowRule {
    Identifier.id(id);
    if (priority < 0 || priority > HIGHEST_PRIORITY) {
      throw new IllegalArgumentException(
          "a priority is 0 to " + HIGHEST_PRIORITY + ", not " + priority);
    }
    actions = List.copyOf(actions);
  }

  /** The ports that the frames go to, in the order of the actions. */
  public Stream<PortRef> outputs() {
    return actions.stream()
        .filter(Action.Output.class::isInstance)
        .map(action -> ((Action.Output) action).port());
  }
}
