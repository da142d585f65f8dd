package org.universalnode.compute.dpdk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.universalnode.linux.Cables;
import org.universalnode.linux.ControlGroup;
import org.universalnode.linux.NetworkNamespace;

/**
 * Where the parts of an instance are, whether they exist or not.
 *
 * @param sockets folder in which the switch shows its vhost-user sockets
 * @param leavings folder that DPDK makes for a process and leaves
 */
record Place(
    InstanceFolder folder,
    NetworkNamespace namespace,
    ControlGroup cgroup,
    Path cgroupPath,
    Path sockets,
    Path leavings) {

  /** By which DPDK tells its processes from each other. */
  String prefix() {
    return String.valueOf(leavings.getFileName());
  }

  /** Whether all is there that an instance stands on. */
  boolean isWhole(Recorded instance) {
    return folder.isComplete()
        && namespace.exists()
        && cgroup.exists()
        && (instance.sockets().isEmpty() || Files.isDirectory(sockets));
  }

  /** Whether anything is there that an instance of that name could have left. */
  boolean isTouched() {
    return folder.exists() || namespace.exists() || cgroup.isThere();
  }

  Cables cables(Recorded instance) {
    return new Cables(namespace, instance.interfaces());
  }

  /** What a started instance has lost, in words. */
  List<String> missing(Recorded instance) {
    return folder
        .process()
        .map(
            process ->
                process.alive()
                    ? Attachments.of(process.pid()).missing(instance.ports(), namespace).stream()
                        .map(port -> "its hold of port " + port.label())
                        .toList()
                    : List.of("process " + process.pid() + " (" + process.name() + ")"))
        .orElse(List.of());
  }
}
