package org.universalnode.linux;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.universalnode.problem.Problem;

/**
 * Programs at links, where packets come in and where they leave (tc-bpf(8)), in the namespace in
 * which it was opened.
 *
 * <p>The classic attachment, not tcx: a tcx link waits for an RCU grace period, some ten
 * milliseconds, at each attachment, this one does not; and older kernels have it too.
 */
public final class TrafficControl implements AutoCloseable {
  private static final int RTM_NEWQDISC = 36;
  private static final int RTM_DELQDISC = 37;
  private static final int RTM_GETQDISC = 38;
  private static final int RTM_NEWTFILTER = 44;
  private static final int RTM_DELTFILTER = 45;
  private static final int RTM_GETTFILTER = 46;
  private static final int CLSACT = 0xffff_fff1;
  private static final int CLSACT_HANDLE = 0xffff_0000;
  private static final int TCA_KIND = 1;
  private static final int TCA_OPTIONS = 2;
  private static final int TCA_BPF_FD = 6;
  private static final int TCA_BPF_NAME = 7;
  private static final int TCA_BPF_FLAGS = 8;
  private static final int TCA_BPF_ID = 11;
  private static final int DIRECT_ACTION = 1;
  private static final int TCMSG_BYTES = 20;

  private static final int ALL_PROTOCOLS = 0x0300;
  private static final int HANDLE_AT = 8;
  private static final int INFO_AT = 16;
  private static final int ONLY_HANDLE = 1;
  private static final int ANY_HANDLE = 0;

  /** Where a link's program runs, far from where people put theirs. */
  public enum Hook {
    /** On every packet that the link receives; one owner's. */
    INGRESS(0xffff_fff2, 0x554e, false),

    /**
     * As {@link #INGRESS}, and before the program there. Each owner may have a program; one that
     * leaves the packet to others (TC_ACT_UNSPEC) leaves it to these, too.
     */
    BEFORE_INGRESS(0xffff_fff2, 0x554d, true),

    /** As {@link #INGRESS}, if the program there leaves the packet to others; one owner's. */
    AFTER_INGRESS(0xffff_fff2, 0x554f, false),

    /** On every packet that leaves by the link; one owner's. */
    EGRESS(0xffff_fff3, 0x554e, false);

    private final int parent;
    private final int preference;
    private final boolean shared;

    Hook(int parent, int preference, boolean shared) {
      this.parent = parent;
      this.preference = preference;
      this.shared = shared;
    }
  }

  private final NetlinkSocket socket;

  private TrafficControl(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** For the links of the calling thread's namespace. */
  public static TrafficControl open() {
    return new TrafficControl(NetlinkSocket.open());
  }

  /**
   * Runs the program from now on and until the link is gone. A program that was attached so before
   * is replaced without a gap.
   *
   * @param owner who attaches; shown to people who look at the link's filters
   * @return whether the link had no place for filters before and got one
   * @throws org.universalnode.problem.ProblemException if another owner's program is there
   */
  public boolean attach(Link link, Hook hook, BpfProgram program, String owner) {
    boolean made = makePlace(link);
    if (!made && !hook.shared) {
      refuseOthers(link, hook, owner);
    }
    OptionalInt own = made ? OptionalInt.empty() : handle(link, hook, owner);
    int handle = own.orElse(hook.shared ? ANY_HANDLE : ONLY_HANDLE);
    NetlinkMessage message =
        new NetlinkMessage(
            "attach program to " + link.name(),
            RTM_NEWTFILTER,
            NetlinkMessage.ACK | NetlinkMessage.CREATE | NetlinkMessage.REPLACE);
    filter(message, link, hook, handle).attribute(TCA_KIND, "bpf").begin(TCA_OPTIONS);
    message.attribute(TCA_BPF_FD, program.fd()).attribute(TCA_BPF_NAME, owner);
    message.attribute(TCA_BPF_FLAGS, DIRECT_ACTION).end();
    socket.exchange(message);
    return made;
  }

  /** Whether the owner's program there is this one. */
  public boolean runs(Link link, Hook hook, BpfProgram program, String owner) {
    return ours(link, hook)
        .filter(filter -> name(filter).equals(owner))
        .map(filter -> option(filter, TCA_BPF_ID))
        .anyMatch(id -> id != null && id.getInt(0) == program.id());
  }

  /** Takes the owner's program away; if there is none of it, nothing happens. */
  public void detach(Link link, Hook hook, String owner) {
    handle(link, hook, owner)
        .ifPresent(
            handle -> {
              NetlinkMessage message =
                  new NetlinkMessage(
                      "detach program from " + link.name(), RTM_DELTFILTER, NetlinkMessage.ACK);
              exchangeIfThere(filter(message, link, hook, handle).attribute(TCA_KIND, "bpf"));
            });
  }

  /** Who has programs at the link, without those that people put there. */
  public Set<String> owners(Link link) {
    return Stream.of(Hook.values())
        .flatMap(hook -> ours(link, hook))
        .map(TrafficControl::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the link has a place for filters. */
  public boolean hasPlace(Link link) {
    NetlinkMessage message =
        new NetlinkMessage("ask for clsact of " + link.name(), RTM_GETQDISC, NetlinkMessage.ACK);
    try {
      socket.exchange(message.trafficControl(link.index(), CLSACT_HANDLE, CLSACT, 0));
      return true;
    } catch (KernelException e) {
      return switch (e.errno()) {
        case ENOENT, EINVAL, ENODEV -> false; // none, another's handle, no such link
        default -> throw e;
      };
    }
  }

  /**
   * Takes the place for filters away, unless somebody has a filter there.
   *
   * @return whether there is none now
   */
  public boolean removeEmptyPlace(Link link) {
    boolean used =
        Stream.of(Hook.INGRESS, Hook.EGRESS)
            .flatMap(hook -> filters(link, hook))
            .findAny()
            .isPresent();
    if (!used) {
      NetlinkMessage message =
          new NetlinkMessage("remove clsact from " + link.name(), RTM_DELQDISC, NetlinkMessage.ACK);
      exchangeIfThere(
          message
              .trafficControl(link.index(), CLSACT_HANDLE, CLSACT, 0)
              .attribute(TCA_KIND, "clsact"));
    }
    return !used;
  }

  @Override
  public void close() {
    socket.close();
  }

  private boolean makePlace(Link link) {
    NetlinkMessage message =
        new NetlinkMessage(
            "add clsact to " + link.name(),
            RTM_NEWQDISC,
            NetlinkMessage.ACK | NetlinkMessage.CREATE | NetlinkMessage.EXCLUSIVE);
    message.trafficControl(link.index(), CLSACT_HANDLE, CLSACT, 0).attribute(TCA_KIND, "clsact");
    try {
      socket.exchange(message);
      return true;
    } catch (KernelException e) {
      if (e.errno() == Errno.EEXIST) {
        return false;
      }
      throw e;
    }
  }

  private void exchangeIfThere(NetlinkMessage message) {
    try {
      socket.exchange(message);
    } catch (KernelException e) {
      switch (e.errno()) {
        case ENOENT, EINVAL, ENODEV -> {} // no such filter, no place for one, no such link
        default -> throw e;
      }
    }
  }

  private void refuseOthers(Link link, Hook hook, String owner) {
    ours(link, hook)
        .map(TrafficControl::name)
        .filter(name -> !name.equals(owner))
        .findAny()
        .ifPresent(
            name -> {
              throw Problem.of(
                      Problem.Code.CONFLICT, "the interface " + link.name() + " belongs to " + name)
                  .next("give it to one node only")
                  .asException();
            });
  }

  /** At our place in the chain, whichever node put it there. */
  private Stream<NetlinkReply> ours(Link link, Hook hook) {
    return filters(link, hook)
        .filter(filter -> filter.body().getInt(INFO_AT) >>> 16 == hook.preference);
  }

  private OptionalInt handle(Link link, Hook hook, String owner) {
    return ours(link, hook)
        .filter(filter -> name(filter).equals(owner))
        .mapToInt(filter -> filter.body().getInt(HANDLE_AT))
        .findFirst();
  }

  /** All that are at that side of the link. */
  private Stream<NetlinkReply> filters(Link link, Hook hook) {
    NetlinkMessage message =
        new NetlinkMessage("list filters of " + link.name(), RTM_GETTFILTER, NetlinkMessage.DUMP);
    return socket.exchange(message.trafficControl(link.index(), 0, hook.parent, 0)).stream()
        .filter(reply -> reply.attributes(TCMSG_BYTES).containsKey(TCA_OPTIONS));
  }

  private static String name(NetlinkReply filter) {
    ByteBuffer name = option(filter, TCA_BPF_NAME);
    return name == null ? "somebody" : NetlinkReply.string(name);
  }

  private static @Nullable ByteBuffer option(NetlinkReply filter, int type) {
    Map<Integer, ByteBuffer> attributes = filter.attributes(TCMSG_BYTES);
    ByteBuffer options = Objects.requireNonNull(attributes.get(TCA_OPTIONS));
    return NetlinkReply.attributes(options, 0).get(type);
  }

  private static NetlinkMessage filter(NetlinkMessage message, Link link, Hook hook, int handle) {
    int info = hook.preference << 16 | ALL_PROTOCOLS;
    return message.trafficControl(link.index(), handle, hook.parent, info);
  }
}
