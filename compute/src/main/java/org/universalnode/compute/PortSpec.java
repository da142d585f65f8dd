package org.universalnode.compute;

import java.util.Optional;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;

/**
 * A port that an instance is to have.
 *
 * @param address to be set on the interface before the function starts
 * @param technology how frames are to get to it, as templates name it ({@code vhost}, {@code
 *     usvhost}); empty if the driver may choose
 */
public record PortSpec(
    PortLabel label, MacAddress mac, Optional<InterfaceAddress> address, String technology) {

  /** A port of whatever technology. */
  public PortSpec(PortLabel label, MacAddress mac, Optional<InterfaceAddress> address) {
    this(label, mac, address, "");
  }
}
