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
import org.universalnode.node.deploy.Learning;
import org.universalnode.node.deploy.Orchestrator;
import org.universalnode.node.deploy.Orchestrator.Manner;
import org.universalnode.node.deploy.Orchestrator.Recovering;
import org.universalnode.node.deploy.Quotas;
import org.universalnode.node.deploy.RealClockwork;
import org.universalnode.node.deploy.Reservations;
import org.universalnode.node.deploy.Resolution;
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
    Ground ground = ground(options);
    Discovery discovery =
        new Discovery(MACHINE, new MachinePrograms(options.state()), new LinkTrial());
    Demands demands = new Demands(ground.catalog(), ground.learned());
    UsedImages used = new UsedImages();
    Resolution resolution =
        new Resolution(
            demands,
            ArchiveOptions.open(options, used),
            new HostInterfaces(options.interfaces()),
            ground.drivers(),
            new Requirements(discovery),
            options.running().with(ground::groupOf));
    LateListener later = new LateListener();
    Clockwork clockwork = opened(new RealClockwork("reconciler"));
    Quotas quotas = quotas(options, demands, ground);
    FunctionCare care = opened(new FunctionCare(ground.drivers(), events, clockwork));
    Learning learning = new Learning(ground.learned());
    GraphListener listener =
        GraphListener.all(
            List.of(new GraphEvents(events), care, learning, ground.owners(), later, witness));
    Manner manner = new Manner(new SideBySide(), clockwork, listener, quotas);
    Orchestrator graphs =
        opened(
            new Orchestrator(
                machine(options), ground.drivers(), resolution, ground.store(), manner));
    used.by(graphs);
    Recovering rest = graphs.remember();
    Functions functions =
        new Functions(ground.catalog(), resolution.suitability(), options.running());
    NodeCapabilities capabilities =
        new NodeCapabilities(
            functions,
            discovery,
            fixed(options, ground.drivers().switching()),
            Northbound.use(graphs, quotas));
    listen(options, ground, new Offer(graphs, functions, capabilities));
    rest.recover();
    InitialGraphs.apply(options.operator().graphs(), graphs);
    care.begin(graphs, options.operator().health());
    new MemorySampling(graphs, ground.learned(), clockwork).begin();
    opened(new InterfaceWatch(options.interfaces(), graphs));
    opened(new RetryWatch(graphs));
    later.of(opened(new Northbound(options, domain(options), capabilities, events)).listener());
    events.publish(new NodeEvent.Node(NodeEvent.NodeState.STARTED));
  }

  /** What a node stands on. */
  private record Ground(
      GraphStore store,
      Drivers drivers,
      Catalog catalog,
      Learned learned,
      Optional<Security> security) {

    /** Of users; empty if the graph is nobody's. */
    private String groupOf(String graph) {
      return security.map(known -> known.owners().of(graph).group()).orElse("");
    }

    private String tenantOf(String graph) {
      return security.map(known -> known.tenantOf(graph)).orElse("");
    }

    private GraphListener owners() {
      return security
          .<GraphListener>map(known -> new GraphOwnership(known.owners()))
          .orElseGet(() -> new GraphListener() {});
    }
  }

  private Ground ground(NodeOptions options) {
    Path state = options.state();
    GraphStore store = opened(GraphStore.open(state.resolve("node.db")));
    Drivers drivers = opened(Drivers.open(options.name(), state, options.switchDriver()));
    Catalog catalog = opened(TemplateSources.open(options)).catalog();
    Learned learned = opened(Learned.open(state.resolve("learned.json")));
    Optional<Security> security =
        options.operator().security().policy().map(policy -> opened(Security.open(state, policy)));
    return new Ground(store, drivers, catalog, learned, security);
  }

  /** What clients can ask a node for. */
  private record Offer(Orchestrator graphs, Functions functions, NodeCapabilities capabilities) {}

  private void listen(NodeOptions options, Ground ground, Offer offer) {
    ground.security().ifPresent(known -> known.owners().retain(offer.graphs().ids()));
    NodeIdentity identity = new NodeIdentity(options.name(), ground.drivers().switching().name());
    NodeMetrics metrics = new NodeMetrics(identity, offer.graphs());
    NodeCapabilities capabilities = offer.capabilities();
    Capacity capacity = Capacity.ofMachine();
    Api api =
        new Api(
            offer.graphs(),
            offer.functions(),
            capabilities,
            () -> DomainDescription.of(domain(options), capabilities.snapshot()),
            metrics,
            events,
            capacity.streams(),
            ground.security());
    AuditLog audit = opened(AuditLog.open(options.state()));
    Access access = new Access(users(options.operator().users()), ground.security(), audit);
    RestServer server = opened(RestServer.start(Entrances.of(options), access, capacity, api));
    opened(api);
    ports = server.ports();
  }

  private static Quotas quotas(NodeOptions options, Demands demands, Ground ground) {
    MachineReading machine = MachineReading.of(options.state());
    int percent = options.running().memoryPercent();
    return new Quotas(
        options.operator().limits(),
        new Reservations(machine, demands, percent),
        ground::groupOf,
        ground::tenantOf);
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  private Domain domain(NodeOptions options) {
    return Northbound.domain(options, machine(options), port());
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

  private static String machine(NodeOptions options) {
    return machineId() + "/" + options.name();
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
