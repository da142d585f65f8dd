package org.universalnode.compute;

import java.util.Set;

/**
 * An instance as it is found in the system.
 *
 * @param state what of it is there
 * @param processes ids of all its processes; a function may well have none
 */
public record ObservedInstance(
    InstanceId id, String namespace, State state, Set<Integer> processes) {

  /** How far an instance is. */
  public enum State {
    /** Parts of it are missing: it was never finished, or something took them away. */
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
  }
}
