package org.universalnode.nffg;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One thing done with a frame that a rule matches; the actions of a rule are done in order. */
public sealed interface Action {

  /** Sends the frame, as it is by now, to a port; of several outputs each gets a copy. */
  record Output(PortRef port) implements Action {}

  /** Sends the frame to the controller of the switch. */
  record OutputToController() implements Action {}

  /** Puts what is output after it into a queue of its port. */
  record OutputToQueue(String queue) implements Action {
    public OutputToQueue {
      Identifier.id(queue);
    }
  }

  /** Drops the frame; there is no output beside it. */
  record Drop() implements Action {}

  /**
   * Adds an 802.1Q tag, outside all others.
   *
   * @param vlan 1 to 4094
   */
  record PushVlan(int vlan) implements Action {}

  /** Removes the outermost 802.1Q tag. */
  record PopVlan() implements Action {}

  /** Writes a header field; a frame that does not have the field stays as it is. */
  record SetField(HeaderField field, Bits value) implements Action {
    /** Those that the language has words for. */
    public static final Set<HeaderField> FIELDS =
        ActionKey.SETTERS.values().stream()
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    public SetField {
      field.exact(value);
    }
  }

  default ActionType type() {
    return switch (this) {
      case Output _ -> ActionType.OUTPUT;
      case OutputToController _ -> ActionType.OUTPUT_TO_CONTROLLER;
      case OutputToQueue _ -> ActionType.OUTPUT_TO_QUEUE;
      case Drop _ -> ActionType.DROP;
      case PushVlan _ -> ActionType.PUSH_VLAN;
      case PopVlan _ -> ActionType.POP_VLAN;
      case SetField _ -> ActionType.SET_FIELD;
    };
  }
}
