package org.universalnode.catalog.resolve;

import java.util.Optional;

/**
 * Ports that hand frames to each other.
 *
 * @param other empty for a port of the switch, such as an end-point
 */
public record Link(Port one, Optional<Port> other) {

  /** A port of a function, by the label that decides how it is wired. */
  public record Port(String function, String label) {}
}
