package org.universalnode.switching.kit;

import java.util.List;
import java.util.Optional;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.switching.LsiId;

/** Harm to network interfaces, which all drivers make alike. */
final class DeviceHarm {
  private DeviceHarm() {}

  static List<Harm> all() {
    return List.of(
        Harm.told("the veth of a function deleted", TestSwitch.GRAPH, DeviceHarm::delete),
        Harm.told("a function's end of its veth deleted", TestSwitch.GRAPH, DeviceHarm::deleteFar),
        Harm.told("the veth of a function set down", TestSwitch.GRAPH, DeviceHarm::setDown),
        Harm.told("the veth of a function renamed", TestSwitch.GRAPH, DeviceHarm::rename),
        Harm.told("the veth of a function marked anew", TestSwitch.GRAPH, DeviceHarm::mark),
        Harm.told("the veth of a function moved away", TestSwitch.GRAPH, DeviceHarm::move),
        Harm.told("a function's interface renamed", TestSwitch.GRAPH, DeviceHarm::renameFar),
        Harm.told("a function's interface readdressed", TestSwitch.GRAPH, DeviceHarm::readdress),
        Harm.told("the machine's interface set down", LsiId.BASE, DeviceHarm::setMachineDown));
  }

  private static Link near(Harm.Victim victim) {
    return victim.links().link(victim.function().switchInterface()).orElseThrow();
  }

  private static Link far(RouteSocket inside, Harm.Victim victim) {
    return inside.link(victim.far().interfaceName()).orElseThrow();
  }

  private static void delete(Harm.Victim victim) {
    victim.links().deleteLink(victim.function().switchInterface());
  }

  private static void deleteFar(Harm.Victim victim) {
    try (RouteSocket inside = victim.inside()) {
      inside.deleteLink(victim.far().interfaceName());
    }
  }

  private static void setDown(Harm.Victim victim) {
    victim.links().down(near(victim));
  }

  private static void rename(Harm.Victim victim) {
    victim.links().rename(near(victim), other(victim));
  }

  private static void mark(Harm.Victim victim) {
    victim.links().markSilent(near(victim), "somebody else's");
  }

  private static void move(Harm.Victim victim) {
    victim.links().move(near(victim), victim.namespace());
  }

  private static void renameFar(Harm.Victim victim) {
    try (RouteSocket inside = victim.inside()) {
      inside.rename(far(inside, victim), other(victim));
    }
  }

  private static void readdress(Harm.Victim victim) {
    try (RouteSocket inside = victim.inside()) {
      inside.readdress(far(inside, victim), "02:00:00:00:00:77");
    }
  }

  private static void setMachineDown(Harm.Victim victim) {
    Optional<Link> link = victim.links().link(victim.machine().switchInterface());
    victim.links().down(link.orElseThrow());
  }

  /** A name that nobody has. */
  private static String other(Harm.Victim victim) {
    return "x" + victim.function().switchInterface().substring(1);
  }
}
