package org.universalnode.switching.openvswitch.ovsdb;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/**
 * What to connect to and what to watch.
 *
 * @param socket the server's Unix socket
 * @param database such as Open_vSwitch
 * @param majorVersion of its schema; others mean something else by the same names
 * @param tables columns to watch, by table
 */
public record Settings(
    Path socket,
    String database,
    int majorVersion,
    Map<String, Set<String>> tables,
    Limits limits) {
  public Settings {
    tables = Map.copyOf(tables);
  }

  Problem notConnected(String why) {
    return Problem.of(Code.KERNEL, "no connection to " + socket + ": " + why)
        .next("see that ovsdb-server runs and listens there");
  }
}
