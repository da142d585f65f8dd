package org.universalnode.compute;

import java.util.List;
import org.universalnode.nffg.ControlPort;
import org.universalnode.nffg.EnvironmentVariable;

/**
 * What an instance finds around itself. A driver that can't give a part of it leaves that out.
 *
 * @param cores how many it can make use of, at least 1
 * @param environment of its processes
 * @param controlPorts by which people reach it from outside
 */
public record Surroundings(
    int cores, List<EnvironmentVariable> environment, List<ControlPort> controlPorts) {
  /** One core and nothing else. */
  public static final Surroundings BARE = new Surroundings(1, List.of(), List.of());

  public Surroundings {
    environment = List.copyOf(environment);
    controlPorts = List.copyOf(controlPorts);
  }
}
