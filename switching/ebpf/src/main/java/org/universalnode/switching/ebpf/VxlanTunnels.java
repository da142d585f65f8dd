package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.universalnode.linux.GracePeriod;
import org.universalnode.linux.Link;
import org.universalnode.nffg.EndPoint.Kind.Vxlan;
import org.universalnode.nffg.Ipv6Address;
import org.universalnode.problem.Problem;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.ebpf.Joints.Joint;
import org.universalnode.switching.ebpf.PortTable.Kind;

/**
 * Ends of VXLAN tunnels. One device of the kernel serves all tunnels of a UDP port; the data plane
 * tells it with each frame which of them is meant.
 */
final class VxlanTunnels {
  static final int TUNNEL_BYTES = 44;
  static final int KEY_BYTES = 24;

  /** RFC 7348 section 5. */
  private static final int USUAL_PORT = 4789;

  private final DataPlane plane;
  private final PortTable ports;
  private final Joints joints;
  private final GracePeriod grace;
  private final Ports devices;

  /** Ports by the digest of their identity. */
  private final Map<ByteBuffer, Integer> ends = new HashMap<>();

  VxlanTunnels(DataPlane plane, PortTable ports, Joints joints, GracePeriod grace, Ports devices) {
    this.plane = plane;
    this.ports = ports;
    this.joints = joints;
    this.grace = grace;
    this.devices = devices;
    joints.all().forEach(this::adopt);
    removeStrangers();
  }

  /** Makes an end, or finds it. */
  synchronized LsiPort open(Attachment.Tunnel attachment, Vxlan tunnel) {
    ByteBuffer name = Joints.name(attachment.identity());
    Link device = devices.vxlan(attachment, tunnel.port().orElse(USUAL_PORT));
    ByteBuffer key = key(device, tunnel);
    Optional<Integer> taken = plane.tunnelPorts.get(key).map(port -> port.getInt(0));
    Integer known = ends.get(name);
    if (taken.isPresent() && !taken.get().equals(known)) {
      throw Problem.of(
              Problem.Code.CONFLICT,
              "VXLAN " + tunnel.vni() + " to " + tunnel.remote() + " is another graph's already")
          .next("use another vni")
          .asException();
    }
    int port = known == null ? ports.allocate() : known;
    ends.put(name, port);
    joints.put(port, new Joint(LsiId.BASE, Kind.TUNNEL, name));
    forgetKeys(port, key);
    plane.tunnels.put(plane.tunnels.key().putInt(port), value(tunnel));
    ports.lead(new LsiPort(LsiId.BASE, port), Kind.TUNNEL, device.index());
    plane.tunnelPorts.put(key, plane.tunnelPorts.value().putInt(port));
    return new LsiPort(LsiId.BASE, port);
  }

  /** The port that was there. */
  synchronized Optional<LsiPort> close(String identity) {
    return Optional.ofNullable(ends.remove(Joints.name(identity))).map(this::remove);
  }

  synchronized void close(LsiPort port) {
    if (port.lsi().isBase() && ends.values().remove(port.number())) {
      remove(port.number());
    }
  }

  synchronized List<LsiPort> all() {
    return ends.values().stream().map(port -> new LsiPort(LsiId.BASE, port)).toList();
  }

  private LsiPort remove(int port) {
    forgetKeys(port, plane.tunnelPorts.key());
    joints.remove(port);
    grace.afterwards(
        () -> {
          plane.tunnels.remove(plane.tunnels.key().putInt(port));
          ports.release(port);
        });
    devices.removeVxlanWithout(usedDevices());
    return new LsiPort(LsiId.BASE, port);
  }

  /** By which frames come in at the port, but {@code kept}. */
  private void forgetKeys(int port, ByteBuffer kept) {
    for (ByteBuffer key : plane.tunnelPorts.keys()) {
      boolean ours = plane.tunnelPorts.get(key).filter(at -> at.getInt(0) == port).isPresent();
      if (ours && !key.equals(kept.duplicate().clear())) {
        plane.tunnelPorts.remove(key);
      }
    }
  }

  private Set<Integer> usedDevices() {
    return ends.values().stream().map(ports::target).collect(Collectors.toSet());
  }

  /** What a process that died had not made or removed as a whole. */
  private void removeStrangers() {
    for (ByteBuffer key : plane.tunnels.keys()) {
      if (!ends.containsValue(key.getInt(0))) {
        plane.tunnels.remove(key);
      }
    }
    devices.removeVxlanWithout(usedDevices());
  }

  private void adopt(int port, Joint joint) {
    if (joint.kind() == Kind.TUNNEL) {
      ports.take(new LsiPort(LsiId.BASE, port));
      ends.put(joint.name(), port);
    }
  }

  private ByteBuffer key(Link device, Vxlan tunnel) {
    return plane
        .tunnelPorts
        .key()
        .putInt(device.index())
        .putInt(tunnel.vni())
        .put(Addresses.padded(tunnel.remote()));
  }

  private ByteBuffer value(Vxlan tunnel) {
    return plane
        .tunnels
        .value()
        .putInt(tunnel.vni())
        .putInt(tunnel.ttl().orElse(0))
        .put(Addresses.padded(tunnel.remote()))
        .put(Addresses.padded(tunnel.local()))
        .putInt(tunnel.remote() instanceof Ipv6Address ? 1 : 0);
  }
}
