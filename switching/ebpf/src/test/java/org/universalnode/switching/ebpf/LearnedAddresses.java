package org.universalnode.switching.ebpf;

import java.nio.file.Path;
import org.universalnode.linux.BpfMap;

/** Removes what the learning groups of a node learned. */
record LearnedAddresses(Path pins) implements Runnable {
  @Override
  public void run() {
    try (BpfMap learned = BpfMap.pinned(pins.resolve("learned"))) {
      learned.keys().forEach(learned::remove);
    }
  }
}
