package org.universalnode.node.simulation;

import java.nio.file.Path;
import java.util.List;
import org.universalnode.node.hoststack.DhcpClients;

/** What happens in the history that a seed decides. */
final class Story {
  private static final int OPERATIONS = 12;

  private Story() {}

  /** Lives through it; an {@link AssertionError} tells what did not hold, and all before. */
  static List<String> of(long seed, DhcpClients dhcp) {
    try (Simulation simulation = new Simulation(seed, dhcp)) {
      try {
        simulation.run(OPERATIONS);
      } catch (RuntimeException | AssertionError e) {
        String story = String.join("\n", simulation.trace());
        throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + story, e);
      }
      return simulation.trace();
    }
  }

  /** Prints those of the seeds from 1 to the first argument; the second is a folder to work in. */
  public static void main(String[] arguments) {
    try (DhcpClients dhcp = DhcpClients.open("sim", Path.of(arguments[1]))) {
      for (long seed = 1; seed <= Long.parseLong(arguments[0]); seed++) {
        of(seed, dhcp).forEach(System.out::println);
      }
    }
  }
}
