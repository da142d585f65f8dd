package org.universalnode.compute.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.universalnode.linux.ControlGroup;
import org.universalnode.linux.ControlGroups;

/** The cgroup in which the engine has put a container. */
final class ContainerGroup {
  private ContainerGroup() {}

  /** Of a process (cgroups(7)); empty if it has ended. */
  static Optional<ControlGroup> of(RunningProcess process, ControlGroups cgroups) {
    if (!process.alive()) {
      return Optional.empty();
    }
    try {
      Path file = Path.of("/proc", Integer.toString(process.pid()), "cgroup");
      return path(Files.readAllLines(file)).map(cgroups::at);
    } catch (IOException e) {
      return Optional.empty(); // it has ended meanwhile
    }
  }

  /** In v1 that of the pids controller, which is that of the others too; else the one of v2. */
  private static Optional<Path> path(List<String> lines) {
    return lines.stream()
        .map(line -> line.split(":", 3))
        .filter(fields -> List.of(fields[1].split(",")).contains("pids"))
        .findFirst()
        .or(
            () ->
                lines.stream()
                    .map(line -> line.split(":", 3))
                    .filter(f -> f[0].equals("0"))
                    .findFirst())
        .map(fields -> Path.of(fields[2].substring(1)));
  }
}
