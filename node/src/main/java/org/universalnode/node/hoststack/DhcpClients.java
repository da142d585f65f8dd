package org.universalnode.node.hoststack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.universalnode.linux.ControlGroups;
import org.universalnode.linux.RoutingEvents;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.Ipv4Address;
import org.universalnode.problem.Problem;

/**
 * DHCP clients for interfaces of the machine's own stack. They go on when the node ends; the next
 * one finds them. One that ends is started again. Safe for all threads, but calls that concern one
 * identity are not made at the same time, except questions.
 */
public final class DhcpClients implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DhcpClients.class.getName());
  private static final Path ALL_CGROUPS = Path.of("universal-node");
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Path cgroupPath;
  private final Path folders;
  private final ClientProgram program;
  private final ControlGroups cgroups = ControlGroups.detect();
  private final Map<String, DhcpClient> clients = new ConcurrentHashMap<>();

  /** Set by each change of an address, too: a new lease is judged once more. */
  private final AtomicBoolean routesChanged = new AtomicBoolean(true);

  private final RoutingEvents routing = RoutingEvents.listen(() -> routesChanged.set(true));
  private Set<Ipv4Address> judgedNameServers = Set.of();
  private Map<StackInterface, String> refusals = Map.of();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("dhcp clients").daemon().factory());

  private DhcpClients(String node, Path folders) {
    this.cgroupPath = ALL_CGROUPS.resolve(node);
    this.folders = folders;
    this.program = ClientProgram.writtenTo(folders);
  }

  /**
   * The clients of a node, with those that its last life left; these are as they were until {@link
   * #keep} takes them over or {@link #end} ends them.
   *
   * @param state folder for all that the node keeps
   */
  public static DhcpClients open(String node, Path state) {
    Path folders = state.toAbsolutePath().normalize().resolve("host-stacks");
    DhcpClients clients = new DhcpClients(node, folders);
    clients.findAll();
    var _ =
        clients.watch.scheduleWithFixedDelay(
            clients::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return clients;
  }

  /** Why this machine can't run a client; empty if it can. */
  public Optional<Problem> refusal() {
    if (!cgroups.missing().isEmpty()) {
      return Optional.of(
          Problem.of(Problem.Code.UNSUPPORTED, cgroups.missing())
              .next("mount the cgroup file system"));
    }
    return program.refusal();
  }

  /**
   * Sees that a client runs at the interface, and no other one for its end-point. What goes wrong
   * is tried again and said by {@link #state}.
   */
  public void keep(StackInterface at) {
    DhcpClient present = clients.get(at.identity());
    if (present != null && !present.at().equals(at)) {
      end(at.identity());
    }
    clients
        .computeIfAbsent(
            at.identity(), _ -> client(at, new ClientFolder(folders.resolve(at.name()))))
        .keep();
  }

  /** Ends the client of an end-point, which releases its lease; without one, nothing is done. */
  public void end(String identity) {
    DhcpClient client = clients.get(identity);
    if (client != null) {
      client.end();
      clients.remove(identity);
      removeEmptyCgroups();
    }
  }

  /** End-points that have a client. */
  public Set<String> identities() {
    return Set.copyOf(clients.keySet());
  }

  /** Empty if the end-point has no client. */
  public Optional<ClientState> state(String identity) {
    return Optional.ofNullable(clients.get(identity)).map(DhcpClient::state);
  }

  /** Lets go of the clients, which go on. */
  @Override
  public void close() {
    watch.close();
    routing.close();
  }

  /** What can't be taken over or removed is left where it is: the node is more than its clients. */
  private void findAll() {
    attempt(
        "look for the DHCP clients of before",
        () ->
            ClientFolder.all(folders)
                .forEach(folder -> attempt("take " + folder.path(), () -> find(folder))));
  }

  private void find(ClientFolder folder) {
    folder
        .stackInterface()
        .filter(at -> at.name().equals(folder.name()))
        .ifPresentOrElse(
            at -> clients.put(at.identity(), client(at, folder)),
            () -> {
              client(new StackInterface("", folder.name(), 0), folder).end();
              removeEmptyCgroups();
            });
  }

  private DhcpClient client(StackInterface at, ClientFolder folder) {
    Path path = cgroupPath.resolve("dhcp-" + folder.name());
    return new DhcpClient(at, program, folder, new DhcpClient.Cgroup(cgroups, path));
  }

  private void look() {
    attempt("judge the addresses that DHCP clients have", this::judge);
    Map<StackInterface, String> refused = refusals;
    clients.forEach(
        (identity, client) ->
            attempt(
                "look after the DHCP client of " + identity,
                () -> client.look(client.lease().map(_ -> refused.get(client.at())))));
  }

  /**
   * Only if something has changed of which a refusal could follow: some machines have many routes.
   */
  private void judge() {
    Map<StackInterface, InterfaceAddress> bound = new HashMap<>();
    clients
        .values()
        .forEach(client -> client.lease().ifPresent(it -> bound.put(client.at(), it.address())));
    if (bound.isEmpty()) {
      refusals = Map.of();
      return;
    }
    Set<Ipv4Address> nameServers = Resolvers.OF_MACHINE.nameServers();
    boolean changed = routesChanged.getAndSet(false);
    if (!changed && nameServers.equals(judgedNameServers)) {
      return;
    }
    try {
      refusals = Occupied.meeting(bound, nameServers).refusals(bound);
      judgedNameServers = nameServers;
    } catch (RuntimeException e) {
      routesChanged.set(true);
      throw e;
    }
  }

  private static void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "can''t {0}: {1}", what, Problem.of(e));
    }
  }

  private void removeEmptyCgroups() {
    cgroups.removeIfEmpty(cgroupPath);
    cgroups.removeIfEmpty(ALL_CGROUPS);
  }
}
