package org.universalnode.nffg;

/** The kinds of {@link Action}. */
public enum ActionType {
  OUTPUT,
  OUTPUT_TO_CONTROLLER,
  OUTPUT_TO_QUEUE,
  DROP,
  PUSH_VLAN,
  POP_VLAN,
  SET_FIELD
}
