package org.universalnode.switching.reference;

import java.util.List;
import java.util.Locale;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.switching.RuleAction;

/** What an LSI did with a frame, in words. */
final class ActionText {
  private ActionText() {}

  static List<String> of(Step<?> step) {
    if (step.rule().isEmpty()) {
      String reason = step.frame().headers().fault().orElse("no rule matches");
      return List.of("drop: " + reason);
    }
    return step.actions().isEmpty()
        ? List.of("drop")
        : step.actions().stream().map(ActionText::of).toList();
  }

  private static String of(Done<?> done) {
    return words(done.action())
        + switch (done.effect()) {
          case SENT, CHANGED -> "";
          case NONE -> ", which changes nothing";
          case DROPPED -> ", for which there is no room: drop";
        };
  }

  private static String words(RuleAction<?> action) {
    return switch (action) {
      case RuleAction.Output<?>(Object port) -> "output to " + port;
      case RuleAction.PushVlan<?>(int vlan) -> "push VLAN " + vlan;
      case RuleAction.PopVlan<?>() -> "pop VLAN";
      case RuleAction.SetField<?>(HeaderField field, Bits value) ->
          "set "
              + field.name().toLowerCase(Locale.ROOT).replace('_', ' ')
              + " to "
              + field.format(field.exact(value));
    };
  }
}
