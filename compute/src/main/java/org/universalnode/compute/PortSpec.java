package org.universalnode.compute;

import java.util.Optional;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;

/**
 * A port that an instance is to have.
 *
 * @param address to be set on the interface before the function starts
 */
public record PortSpec(PortLabel label, MacAddress mac, Optional<InterfaceAddress> address) {}
