package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.BpfProgram;
import org.universalnode.switching.LsiId;

/**
 * What a node with another layout of maps left: a program that goes on carrying frames with its own
 * maps, at each link that has not got today's. Layouts have three maps in common, all with the
 * index of a link as their key: devices, places for filters, links at which tunnels come in. What
 * has been handed over is removed from them, so that it is done once, whoever dies meanwhile.
 *
 * @param pins the folder to which its pins were moved
 */
record Predecessor(Path pins) {
  private static final String DEVICES = "devices";
  private static final String PLACES = "places";
  private static final String UNDERLAYS = "gre_underlays";
  private static final int LSI_AT = 4;
  private static final int FLAGS_AT = 8;

  /** In the first layout, a flag of a device: it made the place for filters. */
  private static final int PLACE = 2;

  /**
   * What it left of a device.
   *
   * @param flags what the interface was not when it was given to the switch
   */
  record Left(LsiId lsi, int flags) {
    static final Left NONE = new Left(LsiId.BASE, 0);
  }

  /** By the index of their link. */
  Map<Integer, Left> devices() {
    Map<Integer, Left> found = new HashMap<>();
    with(
        DEVICES,
        map -> {
          for (ByteBuffer key : map.keys()) {
            map.get(key).map(Predecessor::device).ifPresent(d -> found.put(key.getInt(0), d));
          }
        });
    return found;
  }

  /** Links at which it made the place for filters. */
  Set<Integer> places() {
    Set<Integer> places = keys(PLACES);
    devices()
        .forEach(
            (link, device) -> {
              if ((device.flags() & PLACE) != 0) {
                places.add(link);
              }
            });
    return places;
  }

  /** Links at which packets of tunnels come in. */
  Set<Integer> underlays() {
    return keys(UNDERLAYS);
  }

  /** What runs at its devices; the caller closes it. */
  BpfProgram program() {
    return BpfProgram.pinned(pins.resolve(DataPlane.PROGRAM));
  }

  void forgetDevice(int link) {
    forget(DEVICES, link);
  }

  void forgetPlace(int link) {
    forget(PLACES, link);
  }

  void forgetUnderlay(int link) {
    forget(UNDERLAYS, link);
  }

  private static Left device(ByteBuffer value) {
    return new Left(new LsiId(value.getInt(LSI_AT)), value.getInt(FLAGS_AT));
  }

  private Set<Integer> keys(String name) {
    Set<Integer> keys = new HashSet<>();
    with(name, map -> map.keys().forEach(key -> keys.add(key.getInt(0))));
    return keys;
  }

  private void forget(String name, int link) {
    with(name, map -> map.remove(map.key().putInt(link)));
  }

  /** Not every layout has every map. */
  private void with(String name, Consumer<BpfMap> work) {
    Path pin = pins.resolve(name);
    if (Files.exists(pin)) {
      try (BpfMap map = BpfMap.pinned(pin)) {
        work.accept(map);
      }
    }
  }
}
