package org.universalnode.compute;

import java.util.List;
import java.util.Set;

/**
 * An instance as it is found in the system.
 *
 * @param state what of it is there
 * @param processes ids of all its processes; a function may well have none
 * @param missing what it has lost of that of which it consisted when its start handler ended, in
 *     words, such as {@code process 4711 (dnsmasq)}; what is lost does not come back before it is
 *     created and started again
 */
public record ObservedInstance(
    InstanceId id, String namespace, State state, Set<Integer> processes, List<String> missing) {

  /** How far an instance is. */
  public enum State {
    /**
     * What it stands on is missing: it was never finished, or something took it away. It can only
     * be made anew.
     */
    BROKEN,
    /** Made, not started. */
    CREATED,
    /** Its start handler has succeeded and it was not stopped. */
    STARTED,
    /** Started, and stands still until it is resumed. */
    PAUSED
  }

  public ObservedInstance {
    processes = Set.copyOf(processes);
    missing = List.copyOf(missing);
  }

  /** One that has lost nothing. */
  public ObservedInstance(InstanceId id, String namespace, State state, Set<Integer> processes) {
    this(id, namespace, state, processes, List.of());
  }

  /** Whether it is there as it was started: it need not be created and started again. */
  public boolean isWhole() {
    return state != State.BROKEN && missing.isEmpty();
  }
}
