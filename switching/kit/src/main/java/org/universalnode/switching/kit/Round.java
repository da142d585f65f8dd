package org.universalnode.switching.kit;

import java.util.List;
import java.util.Map;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleAction;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.reference.Departure;

/**
 * Rules, and frames that come in one after the other.
 *
 * @param seed what it was drawn with
 * @param tables the rules of every in-port
 * @param arrivals where each frame comes in
 */
record Round(long seed, Map<LsiPort, List<SwitchRule>> tables, List<Departure<LsiPort>> arrivals) {

  Round {
    tables = Map.copyOf(tables);
    arrivals = List.copyOf(arrivals);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("seed " + seed);
    tables.entrySet().stream()
        .filter(table -> !table.getValue().isEmpty())
        .sorted((a, b) -> Integer.compare(a.getKey().number(), b.getKey().number()))
        .forEach(
            table -> {
              text.append("\n  ").append(place(table.getKey())).append(" has the rules");
              table.getValue().stream()
                  .sorted(SwitchRule.DECIDING_ORDER)
                  .forEach(rule -> text.append("\n    ").append(text(rule)));
            });
    arrivals.forEach(
        in ->
            text.append("\n  in by ")
                .append(place(in.port()))
                .append(": ")
                .append(in.frame())
                .append(" (")
                .append(in.frame().describe())
                .append(')'));
    return text.toString();
  }

  static String place(LsiPort port) {
    return "port " + port.number() + " of " + port.lsi();
  }

  private static String text(SwitchRule rule) {
    StringBuilder text = new StringBuilder(rule.id() + " priority " + rule.priority() + ":");
    rule.match()
        .fields()
        .forEach(
            (field, wanted) ->
                text.append(' ')
                    .append(field)
                    .append(String.format("=%x:%x/", wanted.value().high(), wanted.value().low()))
                    .append(String.format("%x:%x", wanted.mask().high(), wanted.mask().low())));
    rule.actions().forEach(action -> text.append(" -> ").append(text(action)));
    return text.toString();
  }

  private static String text(RuleAction<Integer> action) {
    return switch (action) {
      case RuleAction.Output<Integer>(Integer port) -> "port " + port;
      case RuleAction.PushVlan<Integer>(int vlan) -> "push " + vlan;
      case RuleAction.PopVlan<Integer>() -> "pop";
      case RuleAction.SetField<Integer> set ->
          String.format("set %s %x:%x", set.field(), set.value().high(), set.value().low());
    };
  }
}
