package org.universalnode.compute.libvirt;

import java.nio.file.Path;
import java.util.Optional;
import org.universalnode.compute.Instance;
import org.universalnode.compute.PortSpec;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.problem.Problem;

/**
 * A port of a virtual machine.
 *
 * @param address that the guest is told to have there
 * @param technology as templates name it: {@code vhost}, {@code usvhost} or nothing
 */
record Port(
    PortLabel label, MacAddress mac, Optional<InterfaceAddress> address, String technology) {
  private static final String KERNEL = "vhost";
  private static final String USER_SPACE = "usvhost";

  static Port of(PortSpec spec) {
    String technology = spec.technology();
    if (!technology.isEmpty() && !technology.equals(KERNEL) && !technology.equals(USER_SPACE)) {
      throw Problem.of(
              Problem.Code.UNSUPPORTED,
              "no virtual machine has a port of the technology " + technology)
          .next("leave the technology out of the template, or make it vhost or usvhost")
          .asException();
    }
    return new Port(spec.label(), spec.mac(), spec.address(), technology);
  }

  /** Whether the other one can't be there beside it. */
  boolean isOtherwise(Port other) {
    return (label.equals(other.label) || mac.equals(other.mac)) && !equals(other);
  }

  /** Whether the switch is reached by a socket of its own. */
  boolean isSocket() {
    return technology.equals(USER_SPACE);
  }

  /** Whether the kernel is to carry frames without the emulator. */
  boolean wantsKernel() {
    return technology.equals(KERNEL);
  }

  Instance.Port shown(Place place) {
    Instance.Way way =
        isSocket() ? new Instance.Way.VhostUser(socket(place)) : new Instance.Way.Tap(tap(place));
    return new Instance.Port(label, way, mac);
  }

  String tap(Place place) {
    return place.tapOf(label);
  }

  Path socket(Place place) {
    return place.sockets().resolve(tap(place));
  }
}
