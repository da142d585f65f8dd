package org.universalnode.compute.nativefn;

import java.nio.file.Path;
import org.universalnode.linux.ControlGroup;
import org.universalnode.linux.NetworkNamespace;

/** Where the parts of an instance are, whether they exist or not. */
record Place(
    InstanceFolder folder, NetworkNamespace namespace, ControlGroup cgroup, Path cgroupPath) {

  boolean isWhole() {
    return namespace.exists() && cgroup.exists();
  }
}
