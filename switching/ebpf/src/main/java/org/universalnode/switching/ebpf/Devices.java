package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.universalnode.linux.Link;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;

/** The switch's devices by the index of their interfaces, as the kernel's map has them. */
final class Devices {
  private final OwnMap map;
  private final Map<Integer, Device> known = new ConcurrentHashMap<>();
  private final Map<String, Integer> byName = new ConcurrentHashMap<>();

  Devices(OwnMap map) {
    this.map = map;
  }

  /** What an earlier process of the node wrote down of the link. */
  Optional<Device> adopt(Link link) {
    Optional<Device> device = map.get(key(link.index())).map(d -> Device.read(d, link.name()));
    device.ifPresent(found -> know(link.index(), found));
    return device;
  }

  void put(Link link, Device device) {
    know(link.index(), device);
    map.put(key(link.index()), device.put(map.value()));
  }

  Optional<Device> remove(int index) {
    Device device = known.remove(index);
    forgetName(device, index);
    map.remove(key(index));
    return Optional.ofNullable(device);
  }

  Optional<Device> get(int index) {
    return Optional.ofNullable(known.get(index));
  }

  boolean has(int index) {
    return known.containsKey(index);
  }

  Map<Integer, Device> all() {
    return Map.copyOf(known);
  }

  Optional<Integer> indexOf(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Without a look at the interfaces. */
  List<LsiPort> ports(LsiId lsi) {
    return known.values().stream()
        .filter(device -> device.lsi().equals(lsi) && device.port() != 0)
        .map(Device::number)
        .toList();
  }

  private void know(int index, Device device) {
    forgetName(known.put(index, device), index);
    byName.put(device.name(), index);
  }

  private void forgetName(@Nullable Device gone, int index) {
    if (gone != null) {
      byName.remove(gone.name(), index);
    }
  }

  private ByteBuffer key(int index) {
    return map.key().putInt(index);
  }
}
