package org.universalnode.switching.openvswitch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.universalnode.nffg.Action.SetField;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.problem.Problem;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.openvswitch.openflow.Action;
import org.universalnode.switching.openvswitch.openflow.FlowMod;
import org.universalnode.switching.openvswitch.openflow.FlowStats;
import org.universalnode.switching.openvswitch.openflow.HeaderMatch;
import org.universalnode.switching.openvswitch.openflow.Instruction;
import org.universalnode.switching.openvswitch.openflow.Match;
import org.universalnode.switching.openvswitch.openflow.NiciraAction;
import org.universalnode.switching.openvswitch.openflow.Oxm;
import org.universalnode.switching.openvswitch.openflow.OxmTlv;

/**
 * The flows of an in-port's rules. Their priorities count down in the deciding order, because what
 * OpenFlow leaves open between equal ones is decided by the rules' ids.
 */
record RuleFlows(LsiPort in, List<SwitchRule> rules) {
  /** One priority each; 0 is for what no rule matches. */
  private static final int MOST_RULES = 65_535;

  /** Far less than a message holds, and than the switch follows. */
  private static final int MOST_ACTIONS = 256;

  private static final Oxm COUNTER_HIGH = Oxm.REG6;
  private static final Oxm COUNTER_LOW = Oxm.REG7;

  /** Open vSwitch looks for these options of neighbour discovery only where they are 8 bytes. */
  static final Set<HeaderField> NOT_MATCHED =
      Collections.unmodifiableSet(EnumSet.of(HeaderField.ND_SOURCE_MAC, HeaderField.ND_TARGET_MAC));

  RuleFlows {
    rules = rules.stream().sorted(SwitchRule.DECIDING_ORDER).toList();
    if (rules.size() > MOST_RULES) {
      throw Problem.of(Problem.Code.LIMIT, "an in-port has " + rules.size() + " rules")
          .next("use at most " + MOST_RULES)
          .asException();
    }
  }

  /** Tells these rules from others. */
  long digest() {
    return rules.isEmpty() ? 0 : Cookie.digest(rules.toString());
  }

  /** The flow of each rule, in their order. */
  List<FlowMod> in(int slot) {
    List<FlowMod> flows = new ArrayList<>(rules.size());
    for (int i = 0; i < rules.size(); i++) {
      flows.add(flow(i, slot));
    }
    return flows;
  }

  private FlowMod flow(int index, int slot) {
    SwitchRule rule = rules.get(index);
    return FlowMod.add(slot, MOST_RULES - index, match(rule), actions(rule))
        .withCookie(Cookie.RULE.of(counter(rule.id())));
  }

  /** Turns the flows of other rules in that slot into those of these, as few as that takes. */
  List<FlowMod> since(RuleFlows before, int slot) {
    List<FlowMod> changes = new ArrayList<>();
    for (int i = 0; i < Math.max(rules.size(), before.rules.size()); i++) {
      boolean was = i < before.rules.size();
      boolean is = i < rules.size();
      if (was && is && rules.get(i).equals(before.rules.get(i))) {
        continue;
      }
      if (was) {
        FlowMod old = before.flow(i, slot);
        changes.add(FlowMod.deleteStrict(slot, old.priority(), old.match()));
      }
      if (is) {
        changes.add(flow(i, slot));
      }
    }
    return changes;
  }

  /** All that a bridge has of these rules. */
  List<FlowMod> held(Swap.Held held) {
    List<FlowMod> all = new ArrayList<>(in(held.slot()));
    all.addAll(counters());
    all.add(Pipeline.selection(in.number(), held.slot(), held.digest()));
    return all;
  }

  /** What counts each rule, which is there for as long as the in-port has a rule of that id. */
  List<FlowMod> counters() {
    return rules.stream().map(rule -> counting(counter(rule.id()))).toList();
  }

  FlowMod counting(long counter) {
    return FlowMod.add(Pipeline.COUNTING, 1, counted(counter), List.of())
        .withCookie(Cookie.COUNTER.of(in.number()));
  }

  static FlowMod noCounter(long counter) {
    return FlowMod.deleteStrict(Pipeline.COUNTING, 1, counted(counter));
  }

  /** A rule's number in the flow that counts it. */
  static long counter(String id) {
    return Cookie.digest(id);
  }

  static long counter(FlowStats counting) {
    long high = 0;
    long low = 0;
    for (OxmTlv tlv : counting.match().fields()) {
      if (tlv instanceof OxmTlv.Field(Oxm oxm, Bits value, Bits _)) {
        high = oxm == COUNTER_HIGH ? value.low() : high;
        low = oxm == COUNTER_LOW ? value.low() : low;
      }
    }
    return (high << 32) | low;
  }

  private static Match counted(long counter) {
    return Match.ANY.with(COUNTER_HIGH, counter >>> 32).with(COUNTER_LOW, counter & 0xffffffffL);
  }

  private Match match(SwitchRule rule) {
    if (NOT_MATCHED.stream().anyMatch(rule.match()::has)) {
      throw Problem.of(
              Problem.Code.UNSUPPORTED,
              "Open vSwitch does not see " + NOT_MATCHED + " in each frame that has it")
          .next("leave it out")
          .asException();
    }
    return HeaderMatch.of(rule.match()).with(Oxm.IN_PORT, in.number());
  }

  private static List<Instruction> actions(SwitchRule rule) {
    if (rule.actions().size() > MOST_ACTIONS) {
      throw Problem.of(
              Problem.Code.LIMIT,
              "rule \"" + rule.id() + "\" has " + rule.actions().size() + " actions")
          .next("use at most " + MOST_ACTIONS)
          .asException();
    }
    List<Action> actions = new ArrayList<>();
    long counter = counter(rule.id());
    actions.add(new NiciraAction.Load(COUNTER_HIGH.all(), counter >>> 32));
    actions.add(new NiciraAction.Load(COUNTER_LOW.all(), counter & 0xffffffffL));
    actions.add(new NiciraAction.Resubmit(Pipeline.COUNTING));
    rule.actions().forEach(action -> actions.addAll(of(action)));
    return List.of(new Instruction.ApplyActions(actions));
  }

  private static List<Action> of(RuleAction<Integer> action) {
    return switch (action) {
      case RuleAction.Output<Integer>(Integer port) ->
          List.of(
              new NiciraAction.Load(Pipeline.TO.all(), port),
              new NiciraAction.Resubmit(Pipeline.DEPARTURE));
      case RuleAction.PushVlan<Integer>(int vlan) -> Setters.push(vlan);
      case RuleAction.PopVlan<Integer>() -> List.of(Setters.pop());
      case RuleAction.SetField<Integer>(HeaderField field, Bits value) -> {
        if (!SetField.FIELDS.contains(field)) {
          throw Problem.of(Problem.Code.UNSUPPORTED, "no action sets " + field)
              .next("leave it out")
              .asException();
        }
        yield Setters.set(field, value);
      }
    };
  }
}
