package org.universalnode.switching.ebpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.universalnode.linux.BpfMap;

/**
 * What a node with another layout of maps left. Its program goes on carrying frames at each link,
 * with its own maps, until the link gets today's program.
 *
 * @param pins the folder to which its pins were moved
 * @param flags of its devices, by the index of their link
 */
record Predecessor(Path pins, Map<Integer, Integer> flags) {
  /** Port, LSI, flags: the one map that all layouts share. */
  private static final BpfMap.Shape DEVICES = new BpfMap.Shape(4, 12);

  private static final int FLAGS_AT = 8;

  Predecessor {
    flags = Collections.unmodifiableMap(new HashMap<>(flags));
  }

  static Predecessor at(Path pins) {
    Map<Integer, Integer> flags = new HashMap<>();
    if (Files.exists(pins.resolve("devices"))) {
      try (BpfMap devices = BpfMap.pinned(pins.resolve("devices"), DEVICES)) {
        for (ByteBuffer key : devices.keys()) {
          devices.get(key).ifPresent(d -> flags.put(key.getInt(0), d.getInt(FLAGS_AT)));
        }
      }
    }
    return new Predecessor(pins, flags);
  }

  /** Its maps go when no link runs its program any more. */
  void remove() {
    try {
      Pins.remove(pins);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
