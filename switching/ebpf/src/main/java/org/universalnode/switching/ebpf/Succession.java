package org.universalnode.switching.ebpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.TrafficControl.Hook;
import org.universalnode.switching.devices.Marks;

/** Devices that change hands: from a predecessor to today's program, or back to the machine. */
final class Succession {
  /** PREDECESSOR_BEHIND of the data plane: a predecessor's program runs behind today's. */
  private static final int BEHIND = 0x20000;

  private final DataPlane plane;
  private final Handover handover;
  private final Marks marks;
  private final RouteSocket route;
  private final Filters filters;
  private final GivenInterfaces given;
  private final Devices devices;

  Succession(
      DataPlane plane,
      Marks marks,
      RouteSocket route,
      Filters filters,
      GivenInterfaces given,
      Devices devices) {
    this.plane = plane;
    this.handover = plane.handover();
    this.marks = marks;
    this.route = route;
    this.filters = filters;
    this.given = given;
    this.devices = devices;
  }

  /**
   * Hands frames over from the predecessor, link by link: each frame meets the one program or the
   * other. What nobody asked for since the opening goes, unless somebody may still want it.
   */
  void settle() {
    List<RuntimeException> failures = new ArrayList<>();
    for (int index : handover.waiting()) {
      try {
        settle(index);
      } catch (RuntimeException e) {
        if (route.link(index).isPresent()) { // else it went meanwhile
          failures.add(e);
        }
      }
    }
    handover.unwantedUnderlays().forEach(this::leaveUnderlay);
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private void leaveUnderlay(int index) {
    route.link(index).ifPresent(link -> filters.detach(link, Hook.BEFORE_INGRESS));
    handover.doneUnderlay(index);
  }

  private void settle(int index) {
    Optional<Link> link = route.link(index);
    if (link.isPresent() && devices.has(index)) {
      handOver(link.get());
    } else if (link.isEmpty() || handover.isUnwanted(index)) {
      removeLeft(index);
    }
  }

  /** Has the link run today's program, as far as it is its turn. */
  void handOver(Link link) {
    Device device = devices.get(link.index()).orElseThrow();
    if (!handover.waits(link.index())) {
      return;
    }
    switch (handover.turn(link.index())) {
      case PREDECESSORS -> {}
      case BOTH -> {
        handover.attachBehind(link, filters);
        devices.put(link, device.with(device.flags() | BEHIND));
        filters.attach(link, Hook.INGRESS, plane.program());
      }
      case TODAYS -> {
        filters.attach(link, Hook.INGRESS, plane.program());
        devices.put(link, device.with(device.flags() & ~BEHIND));
        filters.detach(link, Hook.AFTER_INGRESS);
        handover.done(link.index());
      }
    }
  }

  /** Removes what only a predecessor has. */
  void removeLeft(int index) {
    int flags = handover.flags(index);
    route
        .link(index)
        .ifPresent(
            link -> {
              if (marks.isOurs(link)) {
                route.deleteLink(link.name());
              } else {
                giveBack(link, flags);
              }
            });
    handover.done(index);
  }

  /** Gives an interface back as it was. */
  void giveBack(Link link, int flags) {
    given.restore(link, flags);
    filters.detach(link, Hook.AFTER_INGRESS); // also if a process died before it was written down
    filters.detach(link, Hook.INGRESS);
  }
}
