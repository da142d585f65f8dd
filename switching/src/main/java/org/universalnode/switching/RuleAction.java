package org.universalnode.switching;

import java.util.List;
import java.util.function.Function;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;

/**
 * One thing that a rule does with a frame; a rule does its actions in order, and without output it
 * drops the frame.
 *
 * @param <P> what names a port
 */
public sealed interface RuleAction<P> {

  /** Sends the frame, as it is by now, to a port. */
  record Output<P>(P port) implements RuleAction<P> {}

  /**
   * Adds an 802.1Q tag, outside all others.
   *
   * @param vlan 0 to 4095
   */
  record PushVlan<P>(int vlan) implements RuleAction<P> {}

  /** Removes the outermost tag; a frame without one stays as it is. */
  record PopVlan<P>() implements RuleAction<P> {}

  /** Writes a header field; a frame without that field stays as it is. */
  record SetField<P>(HeaderField field, Bits value) implements RuleAction<P> {}

  /** Sends the frame to each of these ports. */
  static <P> List<RuleAction<P>> outputs(List<P> ports) {
    return ports.stream().<RuleAction<P>>map(Output::new).toList();
  }

  /** The ports that these actions send to, in order. */
  static <P> List<P> outputsOf(List<RuleAction<P>> actions) {
    return actions.stream()
        .filter(Output.class::isInstance)
        .map(action -> ((Output<P>) action).port())
        .toList();
  }

  /** The same with another name of the port. */
  default <Q> RuleAction<Q> renamed(Function<P, Q> names) {
    return switch (this) {
      case Output<P>(P port) -> new Output<>(names.apply(port));
      case PushVlan<P>(int vlan) -> new PushVlan<>(vlan);
      case PopVlan<P>() -> new PopVlan<>();
      case SetField<P>(HeaderField field, Bits value) -> new SetField<>(field, value);
    };
  }
}
