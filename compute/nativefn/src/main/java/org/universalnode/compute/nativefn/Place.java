package org.universalnode.compute.nativefn;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.universalnode.linux.ControlGroup;
import org.universalnode.linux.Keeper;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.Isolation;

/** Where the parts of an instance are, whether they exist or not. */
record Place(
    InstanceFolder folder, NetworkNamespace namespace, ControlGroup cgroup, Path cgroupPath) {

  /** Whether all is there that an instance of that isolation stands on. */
  boolean isWhole(Isolation isolation) {
    return folder.isComplete()
        && namespace.exists()
        && cgroup.exists()
        && (!isConfined(isolation) || isKept());
  }

  /** Whether anything is there that an instance of that name could have left. */
  boolean isTouched() {
    return folder.exists() || namespace.exists() || cgroup.isThere();
  }

  /** What it has lost of that of which it consisted when it was started, in words. */
  List<String> missing() {
    return folder.started()
        ? folder.members().missing().stream().map(Member::described).toList()
        : List.of();
  }

  /** The keeper of an instance that is confined, if it lives. */
  Optional<Keeper> keeper() {
    return folder.keeper().flatMap(of -> Keeper.find(of.pid(), of.startTime(), cgroup));
  }

  /** All processes but the keeper. */
  Set<Integer> processes() {
    Set<Integer> all = new HashSet<>(cgroup.processes());
    folder.keeper().ifPresent(keeper -> all.remove(keeper.pid()));
    return all;
  }

  /** Before it is started an instance has no keeper. */
  private boolean isKept() {
    if (!folder.started()) {
      return true;
    }
    try (Keeper keeper = keeper().orElse(null)) {
      return keeper != null;
    }
  }

  static boolean isConfined(Isolation isolation) {
    return isolation != Isolation.NETWORK;
  }
}
