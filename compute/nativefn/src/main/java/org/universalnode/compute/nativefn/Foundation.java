package org.universalnode.compute.nativefn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.compute.Containment;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.PortSpec;
import org.universalnode.linux.Confinement;
import org.universalnode.linux.ControlGroups;
import org.universalnode.linux.Keeper;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.nffg.Isolation;

/** What every instance stands on: its folder, its cgroup, its namespace. */
final class Foundation {
  private static final int LONGEST_HOST_NAME = 63;

  private final Places places;
  private final ControlGroups cgroups;
  private final UserRanges users;
  private final Disturbances disturbances;

  Foundation(Places places, ControlGroups cgroups, Disturbances disturbances) {
    this.places = places;
    this.cgroups = cgroups;
    this.users = new UserRanges(places);
    this.disturbances = disturbances;
  }

  /** Makes what is missing. What ran in a namespace that is gone is ended. */
  void make(Place place, Handle handle) {
    if (!place.folder().isComplete() || !place.folder().handle().equals(Optional.of(handle))) {
      place.folder().write(handle);
    }
    cgroups.create(place.cgroupPath(), limits(handle.containment()));
    if (!place.namespace().exists()) {
      place.cgroup().kill();
      place.folder().markStopped();
      createNamespace(place, handle.containment().isolation());
    }
  }

  /** What the driver does to an instance from now on is no disturbance. */
  void expectChanges(Place place) {
    disturbances.forget(place);
  }

  /** From now on an instance consists of these processes, and is watched. */
  void settle(Place place, List<Member> members) {
    disturbances.record(place, members);
  }

  /** Watches an instance as it is. */
  void watch(Place place) {
    disturbances.renew(place);
  }

  /** Says that a part of a shared instance was taken away for the sake of another. */
  void disturb(InstanceId part) {
    disturbances.tell(part);
  }

  /** Locks an instance up that is to be started, as far as it is to be. */
  void confine(Place place, Handle handle) {
    Containment containment = handle.containment();
    if (!Place.isConfined(containment.isolation())) {
      return;
    }
    try (Keeper living = place.keeper().orElse(null)) {
      if (living != null) {
        return;
      }
    }
    List<Path> readable = new ArrayList<>(containment.files());
    readable.add(handle.archive());
    readable.add(place.folder().configurations());
    Confinement confinement =
        new Confinement(
            readable,
            List.of(place.folder().work()),
            containment.devices(),
            place.folder().firstUser().map(UserRanges::range),
            hostName(handle));
    try (Keeper keeper =
        Keeper.start(confinement, place.namespace(), place.cgroup(), place.folder().log().file())) {
      place.folder().writeKeeper(new KeeperRecord(keeper.pid(), keeper.startTime()));
    }
  }

  /** Writes what the instance may read, and nobody else. */
  static void writeConfiguration(Place place, Path file, String configuration) {
    InstanceFolder.writePrivately(file, configuration);
    place.folder().firstUser().map(UserRanges::range).ifPresent(users -> users.give(file));
  }

  private void createNamespace(Place place, Isolation isolation) {
    String name = place.namespace().name();
    switch (isolation) {
      case NETWORK, JAIL -> NetworkNamespace.create(name);
      case USER -> NetworkNamespace.create(name, users.of(place.folder()));
    }
  }

  private static String hostName(Handle handle) {
    String name = handle.id().function().replaceAll("[^A-Za-z0-9-]", "-");
    return name.substring(0, Math.min(name.length(), LONGEST_HOST_NAME));
  }

  /** Removes all of it, and what runs in it. */
  void remove(Place place) {
    disturbances.forget(place);
    place.cgroup().delete();
    places.removeCommonCgroups();
    place.namespace().delete();
    place.folder().delete();
  }

  /** What the switch is told. */
  static Instance instance(FunctionSpec spec, Place place, Handle handle) {
    List<Instance.Port> ports = new ArrayList<>();
    for (int i = 0; i < spec.ports().size(); i++) {
      PortSpec port = spec.ports().get(i);
      ports.add(new Instance.Port(port.label(), handle.interfaces().get(i), port.mac()));
    }
    return new Instance(spec.id(), place.namespace().name(), ports);
  }

  private static ControlGroups.Limits limits(Containment containment) {
    return new ControlGroups.Limits(
        containment.memoryBytes(), containment.processes(), containment.cpuPercent());
  }
}
