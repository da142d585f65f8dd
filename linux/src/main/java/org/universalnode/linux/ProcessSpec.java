package org.universalnode.linux;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to start.
 *
 * @param command path of the program, then its arguments; never a shell line
 * @param environment all of it; nothing is inherited
 * @param directory working directory
 * @param output file to which stdout and stderr are appended; stdin is empty
 * @param namespace network namespace to run in; the caller's if absent, the keeper's if there is
 *     one
 * @param cgroup cgroup to run in from the first instruction on; the caller's if absent
 * @param keeper who holds the namespaces that confine the program, if any; then command and
 *     directory are paths inside
 */
public record ProcessSpec(
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path output,
    Optional<NetworkNamespace> namespace,
    Optional<ControlGroup> cgroup,
    Optional<Keeper> keeper) {

  public ProcessSpec {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("no command");
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** A program that no keeper confines. */
  public ProcessSpec(
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Path output,
      Optional<NetworkNamespace> namespace,
      Optional<ControlGroup> cgroup) {
    this(command, environment, directory, output, namespace, cgroup, Optional.empty());
  }
}
