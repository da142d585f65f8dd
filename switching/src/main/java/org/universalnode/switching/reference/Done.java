package org.universalnode.switching.reference;

import org.universalnode.switching.RuleAction;

/**
 * An action that was carried out.
 *
 * @param <P> what names a port
 * @param frame as it is afterwards
 */
public record Done<P>(RuleAction<P> action, Effect effect, Frame frame) {

  /** What came of it. */
  public enum Effect {
    /** A copy went out. */
    SENT,
    /** The frame is another. */
    CHANGED,
    /** The frame had no such field, or that value already. */
    NONE,
    /** A tag too many: the actions after it are not done. */
    DROPPED
  }
}
