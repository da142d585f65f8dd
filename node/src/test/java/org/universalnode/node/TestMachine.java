package org.universalnode.node;

import java.nio.file.Path;
import org.universalnode.catalog.capability.Discovery;
import org.universalnode.catalog.capability.Requirements;
import org.universalnode.node.capability.LinkTrial;
import org.universalnode.node.capability.MachinePrograms;

/** The machine on which the tests run, as a node sees it. */
final class TestMachine {
  private TestMachine() {}

  static Discovery discovery(Path folder) {
    return new Discovery(Path.of("/"), new MachinePrograms(folder), new LinkTrial());
  }

  static Requirements requirements() {
    return new Requirements(discovery(Path.of("/tmp")));
  }
}
