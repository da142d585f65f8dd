package org.universalnode.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.universalnode.catalog.Catalog;
import org.universalnode.catalog.capability.Discovery;
import org.universalnode.catalog.capability.Requirements;
import org.universalnode.node.capability.LinkTrial;
import org.universalnode.node.capability.MachinePrograms;
import org.universalnode.node.capability.NodeCapabilities;
import org.universalnode.node.choice.Demands;
import org.universalnode.node.choice.Learned;
import org.universalnode.node.choice.MachineReading;
import org.universalnode.node.deploy.Clockwork;
import org.universalnode.node.deploy.Drivers;
import org.universalnode.node.deploy.Functions;
import org.universalnode.node.deploy.GraphListener;
import org.universalnode.node.deploy.HostInterfaces;
import org.universalnode.node.deploy.Images;
import org.universalnode.node.deploy.Learning;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.Orchestrator.Manner;
import org.universalnode.node.deploy.Orchestrator.Recovering;
import org.universalnode.node.deploy.Quotas;
import org.universalnode.node.deploy.RealClockwork;
import org.universalnode.node.deploy.Reservations;
import org.universalnode.node.deploy.Resolution;
import org.universalnode.node.deploy.RunningPolicy;
import org.universalnode.node.deploy.SideBySide;
import org.universalnode.node.deploy.UsedImages;
import org.universalnode.node.description.Domain;
import org.universalnode.node.description.DomainDescription;
import org.universalnode.node.event.EventLog;
import org.universalnode.node.event.NodeEvent;
import org.universalnode.node.metrics.NodeIdentity;
import org.universalnode.node.metrics.NodeMetrics;
import org.universalnode.node.rest.Access;
import org.universalnode.node.rest.Api;
import org.universalnode.node.rest.Capacity;
import org.universalnode.node.rest.RestServer;
import org.universalnode.node.security.AuditLog;
import org.universalnode.node.security.Security;
import org.universalnode.node.store.GraphStore;
import org.universalnode.switching.SwitchDriver;

/** A running node. Closing it ends the process's part; graphs go on carrying traffic. */
public final class Node implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Node.class.getName());
  private static final Path LOCKS = Path.of("/run/universal-node");
  private static final Path MACHINE = Path.of("/");
  private static final int ROOT = 0;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final EventLog events = new EventLog();
  private List<Integer> ports = List.of();

  private Node() {}

  /** Starts a node, which takes over what its last life left; returns when it can be talked to. */
  public static Node start(NodeOptions options) {
    return start(options, new GraphListener() {});
  }

  /**
   * The same.
   *
   * @param witness hears what becomes of graphs
   */
  static Node start(NodeOptions options, GraphListener witness) {
    Node node = new Node();
    try {
      node.open(options, witness);
      return node;
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  /** Port of the REST API on loopback. */
  public int port() {
    return ports.getFirst();
  }

  /** Port of the REST API with TLS; empty if there is none. */
  public OptionalInt securePort() {
    return ports.size() > 1 ? OptionalInt.of(ports.getLast()) : OptionalInt.empty();
  }

  @Override
  public void close() {
    events.publish(new NodeEvent.Node(NodeEvent.NodeState.STOPPING));
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.WARNING, "while closing " + part, e);
      }
    }
  }

  private void open(NodeOptions options, GraphListener witness) {
    prepare(options.state());
    opened(NodeLock.take(LOCKS.resolve(options.name() + ".lock")));
    opened(NodeLock.take(options.state().resolve("lock")));
    GraphStore store = opened(GraphStore.open(options.state().resolve("node.db")));
    Drivers drivers = opened(Drivers.open(options.name(), options.state(), options.switchDriver()));
    Catalog catalog = opened(TemplateSources.open(options)).catalog();
    UsedImages used = new UsedImages();
    Images images = ArchiveOptions.open(options, used);
    HostInterfaces interfaces = new HostInterfaces(options.interfaces());
    Discovery discovery =
        new Discovery(MACHINE, new MachinePrograms(options.state()), new LinkTrial());
    Requirements requirements = new Requirements(discovery);
    Learned learned = opened(Learned.open(options.state().resolve("learned.json")));
    Demands demands = new Demands(catalog, learned);
    Optional<Security> security =
        options.security().policy().map(policy -> opened(Security.open(options.state(), policy)));
    UnaryOperator<String> groups =
        graph -> security.map(known -> known.owners().of(graph).group()).orElse("");
    RunningPolicy running = options.running().with(groups);
    Resolution resolution =
        new Resolution(demands, images, interfaces, drivers, requirements, running);
    String machine = machineId() + "/" + options.name();
    LateListener later = new LateListener();
    Clockwork clockwork = opened(new RealClockwork("reconciler"));
    Quotas quotas = quotas(options, demands, groups);
    FunctionCare care = opened(new FunctionCare(drivers, events, clockwork));
    Learning learning = new Learning(learned);
    GraphListener owners =
        security
            .<GraphListener>map(known -> new GraphOwnership(known.owners()))
            .orElseGet(() -> new GraphListener() {});
    GraphListener listener =
        GraphListener.all(List.of(new GraphEvents(events), care, learning, owners, later, witness));
    Manner manner = new Manner(new SideBySide(), clockwork, listener, quotas);
    Orchestrator graphs = opened(new Orchestrator(machine, drivers, resolution, store, manner));
    used.by(graphs);
    Recovering rest = graphs.remember();
    security.ifPresent(known -> known.owners().retain(graphs.ids()));
    NodeIdentity identity = new NodeIdentity(options.name(), drivers.switching().name());
    NodeMetrics metrics = new NodeMetrics(identity, graphs);
    Functions functions = new Functions(catalog, resolution.suitability(), options.running());
    NodeCapabilities capabilities =
        new NodeCapabilities(
            functions,
            discovery,
            fixed(options, drivers.switching()),
            () -> Northbound.vlans(graphs));
    Capacity capacity = Capacity.ofMachine();
    Api api =
        new Api(
            graphs,
            functions,
            capabilities,
            () -> DomainDescription.of(domain(options), capabilities.snapshot()),
            metrics,
            events,
            capacity.streams(),
            security);
    AuditLog audit = opened(AuditLog.open(options.state()));
    Access access = new Access(users(options.users()), security, audit);
    RestServer server = opened(RestServer.start(Entrances.of(options), access, capacity, api));
    opened(api);
    ports = server.ports();
    rest.recover();
    InitialGraphs.apply(options.graphs(), graphs);
    care.begin(graphs, options.health());
    new MemorySampling(graphs, learned, clockwork).begin();
    opened(new InterfaceWatch(options.interfaces(), graphs));
    opened(new RetryWatch(graphs));
    later.of(opened(new Northbound(options, domain(options), capabilities, events)).listener());
    events.publish(new NodeEvent.Node(NodeEvent.NodeState.STARTED));
  }

  private static Quotas quotas(NodeOptions options, Demands demands, UnaryOperator<String> groups) {
    MachineReading machine = MachineReading.of(options.state());
    int percent = options.running().memoryPercent();
    return new Quotas(options.limits(), new Reservations(machine, demands, percent), groups);
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  private Domain domain(NodeOptions options) {
    return Northbound.domain(options, machineId() + "/" + options.name(), port());
  }

  private static NodeCapabilities.Fixed fixed(NodeOptions options, SwitchDriver driver) {
    return new NodeCapabilities.Fixed(
        driver.name(), driver.features().endPoints(), options.interfaces(), options.state());
  }

  private static void prepare(Path state) {
    try {
      Files.createDirectories(
          state,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> users(Set<Integer> others) {
    try {
      Set<Integer> users = new TreeSet<>(others);
      users.add(ROOT);
      users.add((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
      return List.copyOf(users);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty where the system has none (machine-id(5)). */
  private static String machineId() {
    try {
      return Files.readString(Path.of("/etc/machine-id")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
