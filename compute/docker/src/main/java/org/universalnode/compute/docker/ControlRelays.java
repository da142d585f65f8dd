package org.universalnode.compute.docker;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.universalnode.compute.InstanceId;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.ControlPort;
import org.universalnode.problem.Problem;

/** The ports of the node that lead to ports of containers, as long as the driver is open. */
final class ControlRelays implements AutoCloseable {

  /** By ports of the node; guarded by this. */
  private final Map<Integer, Relayed> all = new HashMap<>();

  private record Relayed(ControlRelay relay, InstanceId owner) {}

  /**
   * Has these ports, and no others, lead to an instance. One that led to the instance whose place
   * it takes leads to it from now on.
   */
  synchronized void open(InstanceId id, NetworkNamespace namespace, List<ControlPort> ports) {
    Set<Integer> kept = new HashSet<>();
    for (ControlPort port : ports) {
      open(id, port.host(), new ControlRelay.Target(namespace, port.function()));
      kept.add(port.host());
    }
    closeOthers(id, kept);
  }

  private void closeOthers(InstanceId id, Set<Integer> kept) {
    for (int port : List.copyOf(all.keySet())) {
      Relayed relayed = all.get(port);
      if (relayed != null && relayed.owner().equals(id) && !kept.contains(port)) {
        relayed.relay().close();
        all.remove(port);
      }
    }
  }

  private void open(InstanceId id, int port, ControlRelay.Target target) {
    Relayed there = all.get(port);
    try {
      if (there == null) {
        all.put(port, new Relayed(ControlRelay.begin(port, target), id));
      } else if (isSame(there.owner(), id)) {
        there.relay().lead(target);
        all.put(port, new Relayed(there.relay(), id));
      } else {
        throw taken(port, "it leads to " + there.owner());
      }
    } catch (IOException e) {
      throw taken(port, String.valueOf(e.getMessage()));
    }
  }

  /** Whichever of them is there now. */
  private static boolean isSame(InstanceId one, InstanceId other) {
    return one.graph().equals(other.graph()) && one.function().equals(other.function());
  }

  private static RuntimeException taken(int port, String why) {
    return Problem.of(Problem.Code.CONFLICT, "the node's TCP port " + port + " is taken: " + why)
        .next("name another one in unify-control")
        .asException();
  }

  /** No port leads to an instance any more. */
  synchronized void close(InstanceId id) {
    closeOthers(id, Set.of());
  }

  @Override
  public synchronized void close() {
    all.values().forEach(relayed -> relayed.relay().close());
    all.clear();
  }
}
