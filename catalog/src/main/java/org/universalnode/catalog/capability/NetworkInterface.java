package org.universalnode.catalog.capability;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An interface of the machine and what its hardware does for the stack.
 *
 * @param up whether it is switched on
 * @param driver of its hardware; empty if it has none
 * @param speed in Mb/s; empty if it is not known
 * @param offloads features that are on, by their names in ethtool(8), sorted
 */
public record NetworkInterface(
    String name, boolean up, String driver, String speed, String mac, List<String> offloads) {
  private static final String ESP = "esp-hw-offload";

  public NetworkInterface {
    offloads = List.copyOf(offloads);
  }

  /** The interface as IPsec sees it, if it encrypts packets itself. */
  Optional<Accelerator> accelerator() {
    return offloads.contains(ESP)
        ? Optional.of(
            new Accelerator(
                Accelerator.IPSEC,
                name,
                "",
                Map.of("driver", driver, "algorithms", "esp", "interface", name)))
        : Optional.empty();
  }
}
