package org.universalnode.switching.ebpf;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.universalnode.linux.GracePeriod;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.ActionType;
import org.universalnode.nffg.EndPoint;
import org.universalnode.nffg.EndPointType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;
import org.universalnode.switching.AttachedPort;
import org.universalnode.switching.Attachment;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.RuleChange;
import org.universalnode.switching.SwitchCounters;
import org.universalnode.switching.SwitchDriver;
import org.universalnode.switching.SwitchFeatures;
import org.universalnode.switching.SwitchState;
import org.universalnode.switching.VirtualLink;
import org.universalnode.switching.Watch;
import org.universalnode.switching.Watchers;
import org.universalnode.switching.devices.DeviceWatch;
import org.universalnode.switching.devices.Marks;

/** The driver: LSIs are numbers in the maps of one eBPF program. */
final class EbpfSwitch implements SwitchDriver {
  static final String NAME = "ebpf";

  private static final Set<EndPointType> ALWAYS =
      EnumSet.of(
          EndPointType.INTERFACE,
          EndPointType.VLAN,
          EndPointType.INTERNAL,
          EndPointType.HOST_STACK);

  private static final Set<ActionType> ACTIONS =
      EnumSet.of(
          ActionType.OUTPUT,
          ActionType.DROP,
          ActionType.PUSH_VLAN,
          ActionType.POP_VLAN,
          ActionType.SET_FIELD);

  private final DataPlane plane;
  private final GracePeriod grace = new GracePeriod();
  private final Filters filters;
  private final Ports ports;
  private final VirtualLinks links;
  private final Groups groups;
  private final VxlanTunnels vxlan;

  /** None if this kernel can't have them. */
  private final Optional<GreTunnels> gre;

  private final RuleTables tables;

  /** Ports are made and removed side by side, but not while links are handed over. */
  private final ReadWriteLock handing = new ReentrantReadWriteLock();

  private final SwitchFeatures features;
  private final Watchers watchers = new Watchers();
  private final Inspection inspection;
  private final PinWatch pins;
  private final DeviceWatch watch;

  private EbpfSwitch(String node, DataPlane plane) {
    this.plane = plane;
    Marks marks = new Marks(node);
    PortTable numbers = new PortTable(plane);
    Joints joints = new Joints(plane.joints);
    this.filters = new Filters(plane.places, marks.owner());
    this.ports = new Ports(marks, plane, numbers, filters);
    this.links = new VirtualLinks(numbers, joints, grace);
    this.groups = new Groups(plane, numbers, joints, grace);
    this.vxlan = new VxlanTunnels(plane, numbers, joints, grace, ports);
    Result<GreTunnels> opened =
        plane.gre().map(part -> new GreTunnels(part, marks, ports, filters, plane.handover()));
    this.gre = opened instanceof Result.Done<GreTunnels>(var t) ? Optional.of(t) : Optional.empty();
    this.features = probed(ports.knowsVxlan(), opened);
    this.tables = new RuleTables(plane, numbers, grace, inPorts());
    this.inspection =
        new Inspection(plane, numbers, ports.asked(), gre, tables, handing.writeLock());
    this.pins = new PinWatch(plane.pins().folder(), this::repin);
    this.watch = new DeviceWatch(watchers, inspection::after);
  }

  private void repin() {
    plane.repin();
    gre.ifPresent(GreTunnels::repin);
  }

  private static SwitchFeatures probed(boolean vxlan, Result<GreTunnels> gre) {
    Set<EndPointType> endPoints = EnumSet.copyOf(ALWAYS);
    Map<EndPointType, String> reasons = new EnumMap<>(EndPointType.class);
    switch (gre) {
      case Result.Done<GreTunnels> _ -> endPoints.add(EndPointType.GRE_TUNNEL);
      case Result.Failed<GreTunnels>(Problem problem) ->
          reasons.put(
              EndPointType.GRE_TUNNEL,
              "this kernel refuses what encapsulates in GRE: " + problem.detail());
    }
    if (vxlan) {
      endPoints.add(EndPointType.VXLAN);
    } else {
      reasons.put(EndPointType.VXLAN, "this kernel has no VXLAN devices");
    }
    return new SwitchFeatures(
        endPoints, EnumSet.allOf(HeaderField.class), ACTIONS, Action.SetField.FIELDS, reasons);
  }

  static Result<SwitchDriver> open(String node) {
    return Result.of(() -> new EbpfSwitch(node, DataPlane.open(node)));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SwitchFeatures features() {
    return features;
  }

  @Override
  public Result<Nothing> createLsi(LsiId lsi) {
    return Result.done(); // a number needs no making
  }

  @Override
  public Result<Nothing> deleteLsi(LsiId lsi) {
    return beside(
        () -> {
          ports.deleteAll(lsi).forEach(tables::forget);
          if (lsi.isBase()) {
            groups.all().forEach(this::leave);
            vxlan.all().forEach(this::leave);
            gre.ifPresent(GreTunnels::removeStrangers);
          }
          tables.removeAll(lsi);
          links.removeAll(lsi).forEach(tables::forget);
        });
  }

  @Override
  public Result<AttachedPort> createPort(LsiId lsi, Attachment attachment) {
    return with(handing.readLock(), () -> Result.of(() -> create(lsi, attachment)));
  }

  private AttachedPort create(LsiId lsi, Attachment attachment) {
    return switch (attachment) {
      case Attachment.Group(String identity, String group) ->
          new AttachedPort(groups.join(identity, group), "", 0);
      case Attachment.Tunnel tunnel -> open(tunnel);
      case Attachment.FunctionSocket _ -> throw noSockets();
      case Attachment.HostInterface _, Attachment.FunctionInterface _, Attachment.HostStack _ ->
          ports.create(lsi, attachment);
    };
  }

  private AttachedPort open(Attachment.Tunnel end) {
    return switch (end.tunnel()) {
      case EndPoint.Kind.Vxlan tunnel -> new AttachedPort(vxlan.open(end, tunnel), "", 0);
      case EndPoint.Kind.GreTunnel tunnel -> gre.orElseThrow(EbpfSwitch::noGre).open(end, tunnel);
    };
  }

  @Override
  public Result<Nothing> deletePort(LsiId lsi, Attachment attachment) {
    return beside(
        () -> {
          Optional<LsiPort> gone =
              switch (attachment) {
                case Attachment.Group(String identity, String group) ->
                    groups.leave(identity, group);
                case Attachment.Tunnel(String identity, EndPoint.Kind.Vxlan _) ->
                    vxlan.close(identity);
                case Attachment.Tunnel(String _, EndPoint.Kind.GreTunnel _) ->
                    deleteGre(attachment);
                case Attachment.FunctionSocket _ -> Optional.empty();
                case Attachment.HostInterface _,
                    Attachment.FunctionInterface _,
                    Attachment.HostStack _ ->
                    ports.delete(attachment);
              };
          gone.ifPresent(tables::forget);
        });
  }

  private static ProblemException noSockets() {
    return Problem.of(
            Problem.Code.UNSUPPORTED, "programs in the kernel reach no function by vhost-user")
        .next("serve --switch openvswitch with DPDK, or a template of another port technology")
        .asException();
  }

  private Optional<LsiPort> deleteGre(Attachment attachment) {
    Optional<LsiPort> gone = ports.delete(attachment);
    gre.ifPresent(GreTunnels::removeStrangers);
    return gone;
  }

  @Override
  public Result<Nothing> deletePort(LsiPort port) {
    return beside(
        () -> {
          ports.delete(port);
          leave(port);
          gre.ifPresent(GreTunnels::removeStrangers);
        });
  }

  private void leave(LsiPort port) {
    groups.leave(port);
    vxlan.close(port);
    tables.forget(port);
  }

  @Override
  public Result<VirtualLink> connect(LsiId graph, String name) {
    return Result.of(() -> links.connect(graph, name));
  }

  @Override
  public Result<Nothing> disconnect(VirtualLink link) {
    return Result.run(() -> links.disconnect(link).forEach(tables::forget));
  }

  @Override
  public Result<Nothing> apply(RuleChange change) {
    return Result.run(() -> tables.replace(change.tables()));
  }

  @Override
  public Result<Nothing> settle(Set<LsiId> unmade) {
    return with(handing.writeLock(), () -> Result.run(() -> handOver(unmade)));
  }

  /** A step that fails keeps no other one from being taken; it can be asked for again. */
  private void handOver(Set<LsiId> unmade) {
    Handover handover = plane.handover();
    handover.begin(unmade);
    List<Result<Nothing>> steps =
        List.of(
            Result.run(() -> gre.ifPresent(GreTunnels::takeOver)),
            Result.run(() -> links.handOver(handover)),
            Result.run(ports::settle),
            Result.run(handover::end));
    steps.forEach(Result::orThrow);
  }

  private Result<Nothing> beside(Runnable work) {
    return with(handing.readLock(), () -> Result.run(work));
  }

  private static <T> T with(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Result<SwitchState> observe() {
    return Result.of(
        () -> {
          List<AttachedPort> all = new ArrayList<>(ports.all());
          groups.all().forEach(member -> all.add(new AttachedPort(member, "", 0)));
          vxlan.all().forEach(end -> all.add(new AttachedPort(end, "", 0)));
          return new SwitchState(all, links.all(), tables.inPorts());
        });
  }

  @Override
  public Result<SwitchCounters> counters(LsiId lsi) {
    return Result.of(
        () -> {
          Set<LsiPort> all = joints();
          all.addAll(ports.of(lsi));
          return new Counting(plane).of(lsi, tables.counterNumbers(lsi), all);
        });
  }

  @Override
  public Watch watch(Consumer<LsiId> disturbed) {
    return watchers.add(disturbed);
  }

  @Override
  public Result<Set<LsiId>> verify() {
    return Result.of(
        () -> {
          repin();
          return inspection.ofAll();
        });
  }

  /**
   * A node that has nothing in the switch leaves nothing in the kernel, unless it ends before it
   * has handed over what a predecessor had: the places for filters are in today's maps by then.
   */
  @Override
  public void close() {
    watch.close();
    pins.close();
    boolean empty = inPorts().isEmpty() && tables.inPorts().isEmpty();
    grace.close();
    gre.ifPresent(GreTunnels::close);
    if (empty && !plane.handover().isUnderWay()) {
      plane.unpin();
    }
    ports.close();
    filters.close();
    plane.close();
  }

  private static ProblemException noGre() {
    return Problem.of(Problem.Code.UNSUPPORTED, "this kernel has no GRE tunnels").asException();
  }

  private Set<LsiPort> inPorts() {
    Set<LsiPort> all = joints();
    ports.all().forEach(port -> all.add(port.port()));
    return all;
  }

  /** Ports that are no devices. */
  private Set<LsiPort> joints() {
    Set<LsiPort> all = new HashSet<>(groups.all());
    all.addAll(vxlan.all());
    links.all().forEach(link -> all.addAll(List.of(link.base(), link.graph())));
    return all;
  }
}
