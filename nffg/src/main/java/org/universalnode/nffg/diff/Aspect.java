package org.universalnode.nffg.diff;

/** Part of an element in which it can differ from what it was. */
public enum Aspect {
  /** Name, functional capability or template of a function: what says which implementation. */
  IMPLEMENTATION,
  PORTS,
  CONFIGURATION,
  CONTROL_PORTS,
  ENVIRONMENT,
  /** What an end-point is attached to. */
  ATTACHMENT,
  PRIORITY,
  MATCH,
  ACTIONS,
  /** The value of a setting of the node. */
  VALUE,
  /** Names and notes for people, and what is kept and not used: no frame goes another way. */
  NOTES;

  /** In lower case, with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
