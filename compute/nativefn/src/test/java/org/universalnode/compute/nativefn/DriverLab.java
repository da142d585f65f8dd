package org.universalnode.compute.nativefn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.universalnode.compute.Containment;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.ObservedInstance;
import org.universalnode.compute.PortSpec;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Veth;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Result;

/**
 * A driver of a node of its own, an archive to fill, and ports as a switch would make them, which
 * have their far ends in this namespace. Closing it deletes all instances and checks that nothing
 * is left.
 */
final class DriverLab implements AutoCloseable {
  static final InstanceId ID = new InstanceId("g1", "fw");
  static final Patience PATIENCE =
      new Patience(Duration.ofMillis(1500), Duration.ofMillis(300), Duration.ofMillis(500));
  static final InterfaceAddress ADDRESS = InterfaceAddress.parse("10.5.0.1/24");
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final String node = "ut" + ProcessHandle.current().pid() + "n" + NEXT.incrementAndGet();
  private final Path folder;
  private final Isolation isolation;
  private final List<FunctionDriver> drivers = new ArrayList<>();
  private final List<String> farEnds = new ArrayList<>();
  private final Map<MacAddress, String> wires = new ConcurrentHashMap<>();

  DriverLab(Path folder, Isolation isolation) {
    this.folder = folder;
    this.isolation = isolation;
  }

  /** Another driver of the same node each time, as after a restart. */
  FunctionDriver driver() {
    FunctionDriver driver = NativeDriver.open(node, folder, PATIENCE).orThrow();
    drivers.add(driver);
    return driver;
  }

  /** Puts a handler into the archive. */
  void script(String name, String body) throws IOException {
    Files.createDirectories(archive());
    Path file = Files.writeString(archive().resolve(name), "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Where the driver keeps the instance. */
  Path folder(FunctionDriver driver) {
    return folder.resolve("instances").resolve(observed(driver).namespace());
  }

  Path archive() {
    return folder.resolve("archive");
  }

  void start(FunctionDriver driver, FunctionSpec spec) {
    make(driver, spec);
    driver.start(spec).orThrow();
  }

  void start(FunctionDriver driver, String configuration) {
    start(driver, spec(configuration));
  }

  /** Creates the instance and those of its ports that are missing. */
  void make(FunctionDriver driver, FunctionSpec spec) {
    plug(driver.create(spec).orThrow());
  }

  /** Creates those ports that are missing. */
  void plug(Instance instance) {
    NetworkNamespace namespace = NetworkNamespace.named(instance.namespace());
    try (RouteSocket inside = namespace.routeSocket();
        RouteSocket outside = RouteSocket.open()) {
      for (Instance.Port port : instance.ports()) {
        if (inside.link(port.way().toString()).isEmpty()) {
          String far = node + "v" + farEnds.size();
          farEnds.add(far);
          wires.put(port.mac(), far);
          String mac = port.mac().toString();
          outside.createVeth(new Veth(far, port.way().toString(), mac, namespace));
          outside.up(far);
        }
      }
    }
  }

  /** The far end of the port that was made last. */
  String wire() {
    return farEnds.getLast();
  }

  /** The far end of a port; of those with one address that which was made last. */
  String wire(PortSpec port) {
    return Objects.requireNonNull(wires.get(port.mac()), "no such port was made");
  }

  /** Removes a port. */
  void unplug(PortSpec port) {
    try (RouteSocket outside = RouteSocket.open()) {
      outside.deleteLink(wire(port));
    }
  }

  /** Takes the ports away, as a switch that lost them. */
  void losePorts() {
    try (RouteSocket outside = RouteSocket.open()) {
      farEnds.forEach(outside::deleteLink);
    }
  }

  FunctionSpec spec(String configuration) {
    return spec(ID, configuration, Optional.empty());
  }

  FunctionSpec spec(InstanceId id, String configuration, Optional<String> shared) {
    PortSpec lan =
        new PortSpec(
            PortLabel.parse("lan:0"), MacAddress.parse("02:00:00:00:00:01"), Optional.of(ADDRESS));
    Containment containment =
        new Containment(isolation, 64 << 20, 100, OptionalInt.empty(), List.of(), List.of());
    return new FunctionSpec(
        id, 7, archive().toString(), List.of(lan), configuration, containment, shared);
  }

  static ObservedInstance observed(FunctionDriver driver) {
    return driver.observe(ID).orThrow();
  }

  static String log(FunctionDriver driver) {
    return driver.log(ID, OptionalLong.empty(), 10_000).orThrow().text();
  }

  static Problem failure(Result<?> result) {
    assertThat(result).isInstanceOf(Result.Failed.class);
    return ((Result.Failed<?>) result).problem();
  }

  @Override
  public void close() {
    FunctionDriver driver = driver();
    driver.observe().orThrow().forEach(instance -> driver.delete(instance.id()).orThrow());
    assertThat(driver.observe().orThrow()).isEmpty();
    drivers.forEach(FunctionDriver::close);
    losePorts();
    assertThat(NetworkNamespace.names(node + "-")).isEmpty();
    String[] left = folder.resolve("instances").toFile().list();
    assertThat(left == null ? List.of() : List.of(left)).isEmpty();
    for (String controller : List.of("", "unified", "pids", "memory", "cpuset", "freezer", "cpu")) {
      assertThat(Path.of("/sys/fs/cgroup", controller, "universal-node", node)).doesNotExist();
    }
  }
}
