package org.universalnode.switching.openvswitch;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.universalnode.nffg.Action;
import org.universalnode.nffg.ActionType;
import org.universalnode.nffg.EndPointType;
import org.universalnode.problem.Problem;
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

/** The driver: LSIs are bridges of Open vSwitch, of which this is the OpenFlow controller. */
final class OpenVswitchDriver implements SwitchDriver {
  static final String NAME = "openvswitch";

  private static final SwitchFeatures FEATURES =
      new SwitchFeatures(
          EnumSet.of(
              EndPointType.INTERFACE,
              EndPointType.VLAN,
              EndPointType.INTERNAL,
              EndPointType.VXLAN,
              EndPointType.GRE_TUNNEL,
              EndPointType.HOST_STACK),
          EnumSet.complementOf(EnumSet.copyOf(RuleFlows.NOT_MATCHED)),
          EnumSet.of(
              ActionType.OUTPUT,
              ActionType.DROP,
              ActionType.PUSH_VLAN,
              ActionType.POP_VLAN,
              ActionType.SET_FIELD),
          Action.SetField.FIELDS);

  private final Configuration configuration;
  private final FlowTables flows;
  private final Ports ports;
  private final Watchers watchers = new Watchers();
  private final DatabaseWatch databaseWatch = new DatabaseWatch(this::lookAtDatabase);
  private final DeviceWatch deviceWatch;

  private OpenVswitchDriver(Names names, Path socket) {
    this.configuration = Configuration.open(socket, names);
    Path folder = Objects.requireNonNull(socket.toAbsolutePath().getParent());
    this.flows = new FlowTables(configuration, names, folder);
    this.ports = new Ports(configuration, flows, names);
    this.deviceWatch = new DeviceWatch(watchers, this::harmed);
    configuration.tellOfChange(databaseWatch::hear);
  }

  /** A database that is away tells of itself when it is back. */
  private void lookAtDatabase() {
    if (!watchers.isEmpty() && Result.of(ports::harmed) instanceof Result.Done<Set<Place>>(var p)) {
      watchers.disturb(lsis(p));
    }
  }

  private Set<LsiId> harmed(DeviceWatch.Touched touched) {
    if (touched.missed()) {
      return ports.asked().lsis();
    }
    Set<Integer> suspects = ports.asked().suspects(touched);
    return suspects.isEmpty() ? Set.of() : ports.harmed(suspects);
  }

  /** Groups are between ports of LSI-0. */
  private static Set<LsiId> lsis(Set<Place> places) {
    return places.stream().map(place -> place.lsi().orElse(LsiId.BASE)).collect(Collectors.toSet());
  }

  /**
   * Opens the driver in the network namespace of the calling thread.
   *
   * @param socket of the database; Open vSwitch has its other sockets beside it
   */
  static Result<SwitchDriver> open(String node, Path socket) {
    if (!Files.exists(socket)) {
      return Result.failed(
          Problem.of(Problem.Code.UNSUPPORTED, "Open vSwitch does not run: there is no " + socket)
              .next("install Open vSwitch and start it, or use another switch"));
    }
    return Result.of(() -> new OpenVswitchDriver(new Names(node), socket).adopted());
  }

  /**
   * Removes the node's bridges from a database that there is, and nothing else: interfaces may be
   * another driver's by now. Where no database answers, nothing forwards for it.
   */
  static Result<Nothing> clear(String node, Path socket) {
    if (!answers(socket)) {
      return Result.done();
    }
    return Result.run(
        () -> {
          try (Configuration configuration = Configuration.open(socket, new Names(node))) {
            configuration.removeBridges(configuration.places());
          }
        });
  }

  private static boolean answers(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException e) {
      return false; // nobody listens
    }
  }

  private OpenVswitchDriver adopted() {
    try {
      configuration.seeAllTags();
      configuration.removeStillborn();
      flows.adopt();
      return this;
    } catch (RuntimeException e) {
      letGo();
      throw e;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SwitchFeatures features() {
    return FEATURES;
  }

  @Override
  public Result<Nothing> servesSockets() {
    return Result.run(ports::requireSockets);
  }

  @Override
  public Result<Nothing> createLsi(LsiId lsi) {
    return Result.run(() -> ports.createBridge(Place.of(lsi)));
  }

  @Override
  public Result<Nothing> deleteLsi(LsiId lsi) {
    return Result.run(() -> ports.deleteLsi(lsi));
  }

  @Override
  public Result<AttachedPort> createPort(LsiId lsi, Attachment attachment) {
    return Result.of(() -> ports.create(lsi, attachment));
  }

  @Override
  public Result<Nothing> deletePort(LsiId lsi, Attachment attachment) {
    return Result.run(() -> ports.delete(attachment));
  }

  @Override
  public Result<Nothing> deletePort(LsiPort port) {
    return Result.run(() -> ports.delete(port));
  }

  @Override
  public Result<VirtualLink> connect(LsiId graph, String name) {
    return Result.of(() -> ports.connect(graph, name));
  }

  @Override
  public Result<Nothing> disconnect(VirtualLink link) {
    return Result.run(() -> ports.disconnect(link));
  }

  @Override
  public Result<Nothing> apply(RuleChange change) {
    return Result.run(() -> flows.replace(change.tables()));
  }

  @Override
  public Result<SwitchState> observe() {
    return Result.of(() -> new SwitchState(ports.all(), ports.links(), flows.inPorts()));
  }

  /** What an earlier version left is what this one writes, or is written anew. */
  @Override
  public Result<Nothing> settle(Set<LsiId> unmade) {
    return Result.done();
  }

  @Override
  public Result<SwitchCounters> counters(LsiId lsi) {
    return Result.of(
        () ->
            flows
                .connected(lsi)
                .map(bridge -> Counting.of(bridge, flows.rules(lsi)))
                .orElseGet(() -> new SwitchCounters(new HashMap<>(), Map.of())));
  }

  @Override
  public Watch watch(Consumer<LsiId> disturbed) {
    return watchers.add(disturbed);
  }

  @Override
  public Result<Set<LsiId>> verify() {
    return Result.of(
        () -> {
          Set<LsiId> harmed = new HashSet<>(lsis(flows.mend()));
          harmed.addAll(lsis(ports.harmed()));
          harmed.addAll(ports.harmed(ports.asked().indexes()));
          return harmed;
        });
  }

  /** A node that has nothing in the switch leaves nothing there. */
  @Override
  public void close() {
    deviceWatch.close();
    databaseWatch.close();
    try {
      if (configuration.ports().isEmpty()) {
        Set<Place> empty = configuration.places();
        configuration.removeBridges(empty);
      }
    } finally {
      letGo();
    }
  }

  private void letGo() {
    flows.close();
    ports.close();
    configuration.close();
  }
}
