package org.universalnode.switching.ebpf;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import org.universalnode.linux.KernelException;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.devices.AskedInterfaces;
import org.universalnode.switching.devices.DeviceWatch.Touched;

/**
 * Finds what somebody else has changed. What is read without a lock at first is read again before
 * it is told, when the driver is at nothing: what it does itself looks like harm half way.
 *
 * @param idle is free when no device is made or removed
 */
record Inspection(
    DataPlane plane,
    PortTable numbers,
    AskedInterfaces asked,
    Optional<GreTunnels> gre,
    RuleTables tables,
    Lock idle) {

  /** LSIs to which harm was done at these links. */
  Set<LsiId> after(Touched touched) {
    if (touched.missed()) {
      return asked.lsis();
    }
    Set<Integer> suspects = asked.suspects(touched);
    touched.links().stream().filter(link -> !isWholeForGre(link)).forEach(suspects::add);
    return harmed(suspects);
  }

  /** Mends maps, and tells of devices. */
  Set<LsiId> ofAll() {
    Set<LsiId> harmed = new TreeSet<>(tables.mend());
    plane.mend().forEach((map, keys) -> keys.forEach(key -> harmed.add(owner(map, key.getInt(0)))));
    if (gre.filter(GreTunnels::mend).isPresent()) {
      harmed.add(LsiId.BASE);
    }
    Set<Integer> links = new HashSet<>(asked.indexes());
    gre.ifPresent(tunnels -> links.addAll(tunnels.links()));
    links.removeIf(link -> asked.isWhole(link) && isWholeForGre(link));
    harmed.addAll(harmed(links));
    return harmed;
  }

  private Set<LsiId> harmed(Set<Integer> suspects) {
    Set<LsiId> harmed = new TreeSet<>();
    if (suspects.isEmpty()) {
      return harmed;
    }
    idle.lock();
    try {
      for (int link : suspects) {
        if (!asked.isWhole(link)) {
          asked.lsi(link).ifPresent(harmed::add);
        }
        if (!isWholeForGre(link)) {
          harmed.add(LsiId.BASE);
        }
      }
    } finally {
      idle.unlock();
    }
    return harmed;
  }

  /** A link that goes while it is looked at is not whole. */
  private boolean isWholeForGre(int link) {
    try {
      return gre.filter(tunnels -> !tunnels.isWhole(link)).isEmpty();
    } catch (KernelException e) {
      return false;
    }
  }

  private LsiId owner(String map, int key) {
    return switch (map) {
      case "devices" -> asked.lsi(key).orElse(LsiId.BASE);
      case "ports", "joints" -> numbers.owner(key).orElse(LsiId.BASE);
      case "tables", "more_tuples" -> tables.owner(key).orElse(LsiId.BASE);
      default -> LsiId.BASE;
    };
  }
}
