package org.universalnode.compute.nativefn;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.compute.PortSpec;
import org.universalnode.linux.ControlGroup;
import org.universalnode.linux.ControlGroups;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/** The driver: an instance is a folder, a network namespace and a cgroup of one name. */
final class NativeDriver implements FunctionDriver {
  static final String TYPE = "native";

  /** How long handlers may take. */
  record Patience(Duration start, Duration stop) {
    static final Patience DEFAULT = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(10));
  }

  private static final System.Logger LOG = System.getLogger(NativeDriver.class.getName());
  private static final Path ALL_CGROUPS = Path.of("universal-node");
  private static final int MOST_PROCESSES = 512;
  private static final String ADDR_GEN_MODE_NONE = "1";

  private final String node;
  private final Path folders;
  private final ControlGroups cgroups;
  private final Patience patience;

  private NativeDriver(String node, Path state, ControlGroups cgroups, Patience patience) {
    this.node = node;
    this.folders = state.resolve("instances");
    this.cgroups = cgroups;
    this.patience = patience;
  }

  static Result<FunctionDriver> open(String node, Path state, Patience patience) {
    ControlGroups cgroups = ControlGroups.detect();
    if (!cgroups.missing().isEmpty()) {
      return Result.failed(
          Problem.of(Problem.Code.UNSUPPORTED, cgroups.missing())
              .next("mount the cgroup file system"));
    }
    return Result.done(new NativeDriver(node, state, cgroups, patience));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Result<Instance> create(FunctionSpec spec) {
    return Result.of(
        () -> {
          Place place = place(spec.id());
          Handle handle = Handle.of(spec);
          Optional<Handle> earlier = place.folder().handle();
          boolean usable =
              place.folder().started()
                  && earlier.equals(Optional.of(handle))
                  && !hasLostPorts(place.namespace(), spec);
          if (place.folder().exists() && !usable) {
            delete(place); // of another kind, or its start was cut off: what of it ran is unknown
          }
          place.folder().write(handle);
          cgroups.create(
              place.cgroupPath(), new ControlGroups.Limits(spec.memoryBytes(), MOST_PROCESSES));
          if (!place.namespace().exists()) {
            place.cgroup().kill(); // whatever still runs has lost its namespace
            place.folder().markStopped();
            NetworkNamespace.create(place.namespace().name());
          }
          return instance(spec, place);
        });
  }

  /** A switch would make them anew, and nothing of what the start handler did with them. */
  private static boolean hasLostPorts(NetworkNamespace namespace, FunctionSpec spec) {
    if (!namespace.exists()) {
      return false;
    }
    try (RouteSocket inside = namespace.routeSocket()) {
      return PortNames.interfaces(spec.ports()).stream()
          .anyMatch(name -> inside.link(name).isEmpty());
    }
  }

  @Override
  public Result<Nothing> start(FunctionSpec spec) {
    return Result.run(
        () -> {
          Place place = place(spec.id());
          if (!place.folder().started()) {
            configurePorts(place.namespace(), spec.ports());
            try {
              run("start", spec, place);
            } catch (ProblemException e) {
              place.cgroup().kill();
              throw e;
            }
          }
        });
  }

  /**
   * By the update handler, which interrupts nothing and changes nothing if it fails; a function
   * without one is started again. Either way a failure leaves it with the configuration it had.
   */
  @Override
  public Result<Nothing> update(FunctionSpec spec) {
    return Result.run(
        () -> {
          Place place = place(spec.id());
          String before = place.folder().configuration();
          if (before.equals(spec.configuration())) {
            return;
          }
          boolean live = handler(place, Handle.of(spec)).exists("update");
          try {
            if (!live) {
              stop(place);
            }
            run(live ? "update" : "start", spec, place);
          } catch (ProblemException e) {
            restore(before, spec, place, live);
            throw e;
          }
        });
  }

  @Override
  public Result<Nothing> stop(InstanceId id) {
    return Result.run(() -> stop(place(id)));
  }

  @Override
  public Result<Nothing> delete(InstanceId id) {
    return Result.run(() -> delete(place(id)));
  }

  @Override
  public Result<List<ObservedInstance>> observe() {
    return Result.of(
        () -> {
          List<ObservedInstance> found = new ArrayList<>();
          for (InstanceFolder folder : InstanceFolder.all(folders)) {
            folder
                .handle()
                .ifPresentOrElse(
                    handle -> found.add(observed(handle.id())), () -> delete(place(folder.name())));
          }
          return found;
        });
  }

  @Override
  public Result<ObservedInstance> observe(InstanceId id) {
    return Result.of(() -> observed(id));
  }

  @Override
  public Result<String> logs(InstanceId id, int mostBytes) {
    InstanceFolder folder = place(id).folder();
    if (!folder.exists()) {
      return Result.failed(Problem.of(Problem.Code.NOT_FOUND, "no function " + id + " runs here"));
    }
    return Result.of(() -> folder.logTail(mostBytes));
  }

  @Override
  public void close() {
    // instances outlive the driver, which holds nothing open
  }

  private void run(String handlerName, FunctionSpec spec, Place place) {
    place.folder().writeConfiguration(spec.configuration());
    handler(place, Handle.of(spec)).run(handlerName, patience.start());
    place.folder().markStarted(spec.configuration());
  }

  private void restore(String configuration, FunctionSpec spec, Place place, boolean live) {
    place.folder().writeConfiguration(configuration);
    if (!live) {
      place.cgroup().kill();
      handler(place, Handle.of(spec)).run("start", patience.start());
      place.folder().markStarted(configuration);
    }
  }

  private void stop(Place place) {
    try {
      if (place.folder().started() && place.namespace().exists()) {
        Handler handler = handler(place, place.folder().handle().orElseThrow());
        if (handler.exists("stop")) {
          handler.run("stop", patience.stop());
        }
      }
    } finally {
      place.cgroup().kill();
      place.folder().markStopped();
    }
  }

  /** A stop handler that fails does not keep the instance: its end is ours to enforce. */
  private void delete(Place place) {
    Result<Nothing> stopped = Result.run(() -> stop(place));
    if (stopped instanceof Result.Failed<Nothing>(Problem problem)) {
      LOG.log(System.Logger.Level.WARNING, "while deleting {0}: {1}", place.folder(), problem);
    }
    place.cgroup().delete();
    cgroups.removeIfEmpty(ALL_CGROUPS.resolve(node));
    cgroups.removeIfEmpty(ALL_CGROUPS);
    place.namespace().delete();
    place.folder().delete();
  }

  private ObservedInstance observed(InstanceId id) {
    Place place = place(id);
    boolean whole = place.namespace().exists() && place.cgroup().exists();
    boolean started = place.folder().started();
    ObservedInstance.State state =
        !whole
            ? ObservedInstance.State.BROKEN
            : started ? ObservedInstance.State.STARTED : ObservedInstance.State.CREATED;
    String namespace = place.namespace().name();
    return new ObservedInstance(id, namespace, state, place.cgroup().processes());
  }

  private static Instance instance(FunctionSpec spec, Place place) {
    List<String> interfaces = PortNames.interfaces(spec.ports());
    List<Instance.Port> ports = new ArrayList<>();
    for (int i = 0; i < interfaces.size(); i++) {
      PortSpec port = spec.ports().get(i);
      ports.add(new Instance.Port(port.label(), interfaces.get(i), port.mac()));
    }
    return new Instance(spec.id(), place.namespace().name(), ports);
  }

  private static void configurePorts(NetworkNamespace namespace, List<PortSpec> ports) {
    List<String> interfaces = PortNames.interfaces(ports);
    try (RouteSocket route = namespace.call(() -> silenced(interfaces))) {
      for (int i = 0; i < interfaces.size(); i++) {
        String name = interfaces.get(i);
        ports.get(i).address().ifPresent(address -> addAddress(route, name, address));
        route.up(name);
      }
    }
  }

  /** Without a link-local address the kernel sends no frames of its own on a function's port. */
  private static RouteSocket silenced(List<String> interfaces) throws IOException {
    for (String name : interfaces) {
      Path mode = Path.of("/proc/sys/net/ipv6/conf", name, "addr_gen_mode");
      if (Files.exists(mode)) {
        Files.writeString(mode, ADDR_GEN_MODE_NONE);
      }
    }
    return RouteSocket.open();
  }

  private static void addAddress(RouteSocket route, String name, InterfaceAddress address) {
    try {
      byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(address.address().bits()).array();
      route.setAddress(name, InetAddress.getByAddress(bytes), address.prefixLength());
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  private Handler handler(Place place, Handle handle) {
    return new Handler(place.folder(), handle, place.namespace(), place.cgroup());
  }

  /** Where the parts of an instance are. */
  private record Place(
      InstanceFolder folder, NetworkNamespace namespace, ControlGroup cgroup, Path cgroupPath) {}

  private Place place(InstanceId id) {
    return place(InstanceName.of(node, id));
  }

  private Place place(String name) {
    Path cgroupPath = ALL_CGROUPS.resolve(node).resolve(name);
    return new Place(
        new InstanceFolder(folders.resolve(name)),
        NetworkNamespace.named(name),
        cgroups.at(cgroupPath),
        cgroupPath);
  }
}
