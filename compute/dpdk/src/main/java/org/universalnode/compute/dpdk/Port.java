package org.universalnode.compute.dpdk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.PortSpec;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.problem.Problem;

/**
 * A port of a process.
 *
 * @param number from 0, as DPDK counts them
 * @param socket of the switch; empty if it is an interface inside the namespace
 */
record Port(int number, PortLabel label, MacAddress mac, Optional<Path> socket) {
  /** A vhost-user socket, as templates name the technology. */
  private static final String VHOST_USER = "usvhost";

  /** In the order of the specification. */
  static List<Port> of(FunctionSpec spec, Place place) {
    List<Port> ports = new ArrayList<>();
    for (PortSpec port : spec.ports()) {
      int number = ports.size();
      Optional<Path> socket =
          isSocket(port)
              ? Optional.of(place.sockets().resolve(Integer.toString(number)))
              : Optional.empty();
      ports.add(new Port(number, port.label(), port.mac(), socket));
    }
    return ports;
  }

  private static boolean isSocket(PortSpec port) {
    if (port.technology().isEmpty() || port.technology().equals(VHOST_USER)) {
      return !port.technology().isEmpty();
    }
    throw Problem.of(
            Problem.Code.UNSUPPORTED,
            "no DPDK process has a port of the technology " + port.technology())
        .next("leave the technology out of the template, or make it usvhost")
        .asException();
  }

  String interfaceName() {
    return "dpdk" + number;
  }

  Instance.Port shown() {
    Instance.Way way =
        socket
            .<Instance.Way>map(Instance.Way.VhostUser::new)
            .orElseGet(() -> new Instance.Way.Inside(interfaceName(), true));
    return new Instance.Port(label, way, mac);
  }

  /** What DPDK calls the device. */
  String device() {
    return (socket.isPresent() ? "net_virtio_user" : "net_af_packet") + number;
  }

  /** As the option {@code --vdev} has it. */
  String definition() {
    return device()
        + socket
            .map(path -> ",path=" + path + ",mac=" + mac)
            .orElseGet(() -> ",iface=" + interfaceName());
  }
}
