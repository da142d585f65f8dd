package org.universalnode.switching.kit;

import java.util.ArrayList;
import java.util.List;
import org.universalnode.nffg.ActionType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.MatchFields;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchFeatures;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.reference.Frame;

/** Tables of rules, of which many match one of given frames, and some only nearly. */
public final class RandomRules {
  private static final int MOST_ACTIONS = 6;

  private final Draw draw;
  private final Pool pool;
  private final SwitchFeatures features;
  private final List<HeaderField> setters;
  private final List<Integer> ports;
  private final RandomMatches matches;

  /**
   * Draws what the features allow.
   *
   * @param ports the numbers of ports that rules send to, at least one
   */
  public RandomRules(long seed, SwitchFeatures features, List<Integer> ports) {
    this.draw = new Draw(seed);
    this.pool = new Pool(draw);
    this.features = features;
    this.setters = features.setters().stream().sorted().toList();
    this.ports = List.copyOf(ports);
    this.matches = new RandomMatches(draw, features.matches());
  }

  /** Rules of one in-port, in no order, some of equal priority. */
  public List<SwitchRule> rules(int count, List<Frame> frames) {
    List<SwitchRule> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = draw.upTo(9) + "-" + i;
      MatchFields match = match(draw.any(frames));
      rules.add(new SwitchRule(id, priority(match), match, actions()));
    }
    return rules;
  }

  /** With its prerequisites. */
  public MatchFields match(Frame frame) {
    return matches.near(frame);
  }

  /** Most often with an output. */
  public List<RuleAction<Integer>> actions() {
    List<RuleAction<Integer>> actions = new ArrayList<>();
    if (draw.onceIn(12)) {
      return actions;
    }
    for (int more = draw.upTo(MOST_ACTIONS - 1); more > 0; more--) {
      actions.add(action());
    }
    actions.add(output());
    return actions;
  }

  /** What matches everything mostly comes last, so that it does not hide the rest. */
  private int priority(MatchFields match) {
    return match.equals(MatchFields.ANY) && !draw.onceIn(4) ? 0 : draw.upTo(9);
  }

  private RuleAction<Integer> action() {
    return switch (draw.upTo(5)) {
      case 0 -> can(ActionType.PUSH_VLAN) ? new RuleAction.PushVlan<>(vlan()) : output();
      case 1 -> can(ActionType.POP_VLAN) ? new RuleAction.PopVlan<>() : output();
      case 2, 3, 4 -> can(ActionType.SET_FIELD) && !setters.isEmpty() ? setField() : output();
      default -> output();
    };
  }

  private boolean can(ActionType type) {
    return features.actions().contains(type);
  }

  private RuleAction<Integer> output() {
    return new RuleAction.Output<>(draw.any(ports));
  }

  private RuleAction<Integer> setField() {
    HeaderField field = draw.any(setters);
    return new RuleAction.SetField<>(field, pool.value(field));
  }

  private int vlan() {
    return (int) pool.number(HeaderField.VLAN) & 0x0fff;
  }
}
