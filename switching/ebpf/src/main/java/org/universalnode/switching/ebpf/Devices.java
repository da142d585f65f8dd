package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.universalnode.linux.Link;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;

/** The switch's devices by the index of their interfaces, as the kernel's map has them. */
final class Devices {
  private final OwnMap map;
  private final Map<Integer, Device> known = new ConcurrentHashMap<>();

  /** What each was asked for as, since the switch was opened. */
  private final Map<Integer, Attachment> asked = new ConcurrentHashMap<>();

  /** By the index of the other end of a pair. */
  private final Map<Integer, Integer> byFarEnd = new ConcurrentHashMap<>();

  Devices(OwnMap map) {
    this.map = map;
  }

  /** What an earlier process of the node wrote down of the link. */
  Optional<Device> adopt(Link link) {
    Optional<Device> device = map.get(key(link.index())).map(d -> Device.read(d, link.name()));
    device.ifPresent(found -> known.put(link.index(), found));
    return device;
  }

  void put(Link link, Device device) {
    known.put(link.index(), device);
    map.put(key(link.index()), device.put(map.value()));
  }

  /** Says what it was asked for as. */
  void ask(Link link, Attachment attachment) {
    asked.put(link.index(), attachment);
    if (attachment instanceof Attachment.HostStack || attachment instanceof Attachment.Tunnel) {
      byFarEnd.put(link.lower(), link.index());
    }
  }

  Optional<Device> remove(int index) {
    Device device = known.remove(index);
    asked.remove(index);
    byFarEnd.values().remove(index);
    map.remove(key(index));
    return Optional.ofNullable(device);
  }

  Optional<Device> get(int index) {
    return Optional.ofNullable(known.get(index));
  }

  boolean has(int index) {
    return known.containsKey(index);
  }

  Optional<Attachment> asked(int index) {
    return Optional.ofNullable(asked.get(index));
  }

  /** The device's own index, of either end of a pair in the machine's namespace. */
  int nearEnd(int index) {
    return byFarEnd.getOrDefault(index, index);
  }

  Map<Integer, Device> all() {
    return Map.copyOf(known);
  }

  Set<Integer> indexes() {
    return Set.copyOf(known.keySet());
  }

  Optional<Integer> indexOf(String name) {
    return known.entrySet().stream()
        .filter(entry -> entry.getValue().name().equals(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Without a look at the interfaces. */
  List<LsiPort> ports(LsiId lsi) {
    return known.values().stream()
        .filter(device -> device.lsi().equals(lsi) && device.port() != 0)
        .map(Device::number)
        .toList();
  }

  private ByteBuffer key(int index) {
    return map.key().putInt(index);
  }
}
