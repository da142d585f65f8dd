package org.universalnode.switching.devices;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.universalnode.linux.DeviceEvent;
import org.universalnode.linux.KernelException;
import org.universalnode.linux.Link;
import org.universalnode.nffg.EndPoint;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;

/**
 * Interfaces that ports were asked to have since the switch was opened, by the index of the port's
 * end, and whether they are as they were made. Changes no interface.
 */
public final class AskedInterfaces {
  private final InterfaceMaker maker;
  private final BiPredicate<Link, Attachment> more;
  private final Map<Integer, Asked> asked = new ConcurrentHashMap<>();

  private final Map<String, Integer> byName = new ConcurrentHashMap<>();

  /** By the index of the other end of a pair. */
  private final Map<Integer, Integer> byFarEnd = new ConcurrentHashMap<>();

  private record Asked(LsiId lsi, String name, Attachment attachment) {}

  /**
   * Begins empty.
   *
   * @param more whether an interface is as the driver needs it, whoever made it
   */
  public AskedInterfaces(InterfaceMaker maker, BiPredicate<Link, Attachment> more) {
    this.maker = maker;
    this.more = more;
  }

  /** The port has that interface now, whatever it had before. */
  public void put(LsiId lsi, Link link, Attachment attachment) {
    indexOf(link.name()).filter(index -> index != link.index()).ifPresent(this::forget);
    forgetName(asked.put(link.index(), new Asked(lsi, link.name(), attachment)), link.index());
    byName.put(link.name(), link.index());
    if (attachment instanceof Attachment.HostStack || attachment instanceof Attachment.Tunnel) {
      byFarEnd.put(link.lower(), link.index());
    }
  }

  public void forget(int index) {
    forgetName(asked.remove(index), index);
    byFarEnd.values().remove(index);
  }

  private void forgetName(@Nullable Asked gone, int index) {
    if (gone != null) {
      byName.remove(gone.name, index);
    }
  }

  public void forget(String name) {
    indexOf(name).ifPresent(this::forget);
  }

  /** The index that it had; somebody may have given it another name. */
  public Optional<Integer> indexOf(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Set<Integer> indexes() {
    return Set.copyOf(asked.keySet());
  }

  /** Whose it is. */
  public Optional<LsiId> lsi(int index) {
    return Optional.ofNullable(asked.get(index)).map(Asked::lsi);
  }

  /** Everybody's, with LSI-0. */
  public Set<LsiId> lsis() {
    Set<LsiId> all = new TreeSet<>(Set.of(LsiId.BASE));
    asked.values().forEach(each -> all.add(each.lsi));
    return all;
  }

  /** Those that may not be as they should be, as it seems at the first look. */
  public Set<Integer> suspects(DeviceWatch.Touched touched) {
    Set<Integer> suspects = new HashSet<>();
    for (int link : touched.links()) {
      int index = byFarEnd.getOrDefault(link, link);
      if (!isWholeHere(index)) {
        suspects.add(index);
      }
    }
    touched.farEnds().stream()
        .filter(this::isSuspect)
        .forEach(event -> suspects.add(event.far().lower()));
    return suspects;
  }

  private boolean isSuspect(DeviceEvent.FarTouched event) {
    Asked wanted = asked.get(event.far().lower());
    return wanted != null
        && wanted.attachment instanceof Attachment.FunctionInterface function
        && (event.gone()
            || !event.far().name().equals(function.interfaceName())
            || !event.far().mac().equals(function.mac().toString()));
  }

  /** Whether it is as it was made, also its other end in a function's namespace. */
  public boolean isWhole(int index) {
    return is(
        index, (link, wanted) -> isWholeHere(link, wanted) && hasFarEnd(link, wanted.attachment));
  }

  /** Without a look into other namespaces. */
  private boolean isWholeHere(int index) {
    return is(index, this::isWholeHere);
  }

  /** What nobody asked for may be anything; what goes while it is looked at is not whole. */
  private boolean is(int index, BiPredicate<Link, Asked> whole) {
    Asked wanted = asked.get(index);
    try {
      return wanted == null
          || maker.route().link(index).filter(link -> whole.test(link, wanted)).isPresent();
    } catch (KernelException e) {
      return false;
    }
  }

  private boolean isWholeHere(Link link, Asked wanted) {
    return link.name().equals(wanted.name)
        && !link.fallen()
        && (!Marks.isMadeName(link.name()) || maker.marks().isOurs(link))
        && hasPair(link, wanted.attachment)
        && more.test(link, wanted.attachment);
  }

  private boolean hasPair(Link link, Attachment attachment) {
    return switch (attachment) {
      case Attachment.HostStack stack -> maker.isThere(link, stack);
      case Attachment.Tunnel(String identity, EndPoint.Kind.GreTunnel _) ->
          maker.isThereForGre(link, identity);
      case Attachment.HostInterface _,
          Attachment.FunctionInterface _,
          Attachment.FunctionSocket _,
          Attachment.Tunnel _,
          Attachment.Group _ ->
          true;
    };
  }

  private static boolean hasFarEnd(Link link, Attachment attachment) {
    return !(attachment instanceof Attachment.FunctionInterface function)
        || InterfaceMaker.isThere(link, function);
  }
}
