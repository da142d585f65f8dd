package org.universalnode.compute.nativefn;

import java.util.ArrayList;
import java.util.List;
import org.universalnode.compute.Containment;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.PortSpec;
import org.universalnode.linux.ControlGroups;
import org.universalnode.linux.NetworkNamespace;

/** What every instance stands on: its folder, its cgroup, its namespace. */
final class Foundation {
  private final Places places;
  private final ControlGroups cgroups;

  Foundation(Places places, ControlGroups cgroups) {
    this.places = places;
    this.cgroups = cgroups;
  }

  /** Makes what is missing. What ran in a namespace that is gone is ended. */
  void make(Place place, Handle handle) {
    place.folder().write(handle);
    cgroups.create(place.cgroupPath(), limits(handle.containment()));
    if (!place.namespace().exists()) {
      place.cgroup().kill();
      place.folder().markStopped();
      NetworkNamespace.create(place.namespace().name());
    }
  }

  /** Removes all of it, and what runs in it. */
  void remove(Place place) {
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
