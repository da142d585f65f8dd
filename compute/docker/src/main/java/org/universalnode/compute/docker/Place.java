package org.universalnode.compute.docker;

import java.util.List;
import org.universalnode.linux.Cables;
import org.universalnode.linux.NetworkNamespace;

/**
 * Where the parts of an instance are, whether they exist or not.
 *
 * @param namespace which is the container's, pinned
 */
record Place(InstanceFolder folder, NetworkNamespace namespace) {

  /** Of the container too. */
  String name() {
    return namespace.name();
  }

  Cables cables(Recorded instance) {
    return new Cables(namespace, instance.interfaces());
  }

  /** What a started instance has lost, in words. */
  List<String> missing() {
    return folder
        .process()
        .filter(process -> !process.alive())
        .map(process -> List.of("its container (" + process.name() + ")"))
        .orElse(List.of());
  }
}
