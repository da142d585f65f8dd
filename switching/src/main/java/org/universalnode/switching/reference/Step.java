package org.universalnode.switching.reference;

import java.util.List;
import java.util.Optional;

/**
 * What one LSI did with a frame.
 *
 * @param <P> what names a port
 * @param in where it came in
 * @param frame as it came in
 * @param rule id of the rule that decided; empty if none matched, or what came in is no frame, and
 *     so it was dropped
 * @param actions what was done, in order
 */
public record Step<P>(P in, Frame frame, Optional<String> rule, List<Done<P>> actions) {

  public Step {
    actions = List.copyOf(actions);
  }
}
