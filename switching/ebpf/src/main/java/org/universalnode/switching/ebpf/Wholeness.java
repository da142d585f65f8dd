package org.universalnode.switching.ebpf;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.universalnode.linux.DeviceEvent;
import org.universalnode.linux.Link;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.EndPoint;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.devices.DeviceWatch;
import org.universalnode.switching.devices.InterfaceMaker;
import org.universalnode.switching.devices.Marks;

/** Whether devices are as the switch made them, or took them over. Changes nothing. */
record Wholeness(
    Devices devices, InterfaceMaker maker, GivenInterfaces given, Predicate<Link> runsProgram) {

  /** Indexes of devices that may not be as they should be, as it seems at the first look. */
  Set<Integer> suspects(DeviceWatch.Touched touched) {
    Set<Integer> suspects = new HashSet<>();
    for (int link : touched.links()) {
      int index = devices.nearEnd(link);
      if (devices.has(index) && !isWholeHere(index)) {
        suspects.add(index);
      }
    }
    touched.farEnds().stream()
        .filter(this::isSuspect)
        .forEach(event -> suspects.add(event.far().lower()));
    return suspects;
  }

  /** What is at the other end of a device counts, also in a function's namespace. */
  boolean isWhole(int index) {
    Optional<Link> link = route().link(index);
    return isWholeHere(index)
        && link.isPresent()
        && devices.asked(index).filter(asked -> !hasFarEnd(link.get(), asked)).isEmpty();
  }

  private RouteSocket route() {
    return maker.route();
  }

  private boolean isSuspect(DeviceEvent.FarTouched event) {
    Optional<Attachment> asked = devices.asked(event.far().lower());
    return asked.isPresent()
        && asked.get() instanceof Attachment.FunctionInterface function
        && (event.gone()
            || !event.far().name().equals(function.interfaceName())
            || !event.far().mac().equals(function.mac().toString()));
  }

  /** Without a look into other namespaces. */
  private boolean isWholeHere(int index) {
    Optional<Link> link = route().link(index);
    Optional<Device> device = devices.get(index);
    if (link.isEmpty() || device.isEmpty()) {
      return device.isEmpty();
    }
    Optional<Attachment> asked = devices.asked(index);
    return link.get().name().equals(device.get().name())
        && (link.get().up() || asked.isEmpty())
        && (!Marks.isMadeName(link.get().name()) || maker.marks().isOurs(link.get()))
        && runsProgram.test(link.get())
        && asked.filter(as -> !isAsAsked(link.get(), as)).isEmpty();
  }

  private boolean isAsAsked(Link link, Attachment asked) {
    return switch (asked) {
      case Attachment.HostInterface _ -> given.isOpen(link);
      case Attachment.FunctionInterface _ -> true;
      case Attachment.HostStack stack -> given.isOpen(link) && maker.isThere(link, stack);
      case Attachment.Tunnel(String identity, EndPoint.Kind.GreTunnel _) ->
          given.isOpen(link) && maker.isThereForGre(link, identity);
      case Attachment.Tunnel _, Attachment.Group _ -> true;
    };
  }

  private static boolean hasFarEnd(Link link, Attachment asked) {
    return !(asked instanceof Attachment.FunctionInterface function)
        || InterfaceMaker.isThere(link, function);
  }
}
