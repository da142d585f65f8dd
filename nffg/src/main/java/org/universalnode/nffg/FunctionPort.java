package org.universalnode.nffg;

import java.util.Optional;

/**
 * A port of a function.
 *
 * @param id unique among the function's ports
 * @param name for people; empty if absent
 * @param mac what the function's interface shall have; the node chooses if absent
 * @param address what the function's interface shall have ({@code unify-ip})
 * @param trusted whether frames from it get {@code mac} as their source; needs one
 * @param extras what the document says besides (gui-position): a JSON object as canonical text,
 *     kept and not used
 */
public record FunctionPort(
    PortLabel id,
    String name,
    Optional<MacAddress> mac,
    Optional<InterfaceAddress> address,
    boolean trusted,
    String extras) {

  public FunctionPort {
    extras = Extras.canonical(extras);
  }

  /** A port of which only the id is given. */
  public FunctionPort(PortLabel id) {
    this(id, "", Optional.empty(), Optional.empty(), false, Extras.NONE);
  }
}
