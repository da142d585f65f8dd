package org.universalnode.compute.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
import org.universalnode.compute.PortSpec;
import org.universalnode.compute.Surroundings;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Veth;
import org.universalnode.nffg.ControlPort;
import org.universalnode.nffg.EnvironmentVariable;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.testbed.PrivateDocker;

/**
 * A driver of a node of its own at the tests' engine, and ports as a switch would make them, which
 * have their far ends in this namespace. Closing it deletes all instances and checks that nothing
 * is left.
 */
final class DockerLab implements AutoCloseable {
  static final InstanceId ID = new InstanceId("g1", "box");
  static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(60));
  static final InterfaceAddress ADDRESS = InterfaceAddress.parse("10.6.0.1/24");
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final String node = "uk" + ProcessHandle.current().pid() + "n" + NEXT.incrementAndGet();
  private final EngineExtension.Shared shared;
  private final Path folder;
  private final List<FunctionDriver> drivers = new ArrayList<>();
  private final List<String> farEnds = new ArrayList<>();
  private final Map<MacAddress, String> wires = new ConcurrentHashMap<>();

  DockerLab(EngineExtension.Shared shared, Path folder) {
    this.shared = shared;
    this.folder = folder;
  }

  PrivateDocker engine() {
    return shared.engine();
  }

  /** To ask it by. */
  Engine client() {
    return shared.client();
  }

  String node() {
    return node;
  }

  /** Another driver of the same node each time, as after a restart. */
  FunctionDriver driver() {
    return driver(PATIENCE);
  }

  FunctionDriver driver(Patience patience) {
    FunctionDriver driver = DockerDriver.open(node, folder, engine().socket(), patience).orThrow();
    drivers.add(driver);
    return driver;
  }

  Containers containers() {
    return new Containers(client(), node, PATIENCE);
  }

  Place place() {
    return new Places(node, folder.resolve("docker/instances")).of(ID);
  }

  FunctionSpec spec(String configuration) {
    return spec(PortLabel.parse("lan:0"), configuration);
  }

  FunctionSpec spec(PortLabel label, String configuration) {
    return spec(shared.image(), label, configuration);
  }

  FunctionSpec spec(String image, PortLabel label, String configuration) {
    return spec(image, label, configuration, List.of());
  }

  FunctionSpec controlled(ControlPort... ports) {
    return spec(shared.image(), PortLabel.parse("lan:0"), "{}", List.of(ports));
  }

  /** With one port. */
  private FunctionSpec spec(
      String image, PortLabel label, String configuration, List<ControlPort> controlPorts) {
    PortSpec port =
        new PortSpec(label, MacAddress.parse("02:00:00:00:00:01"), Optional.of(ADDRESS));
    return new FunctionSpec(
        ID,
        7,
        image,
        List.of(port),
        configuration,
        new Containment(Isolation.NETWORK, 64 << 20, 50, OptionalInt.empty(), List.of(), List.of()),
        Optional.empty(),
        new Surroundings(1, List.of(new EnvironmentVariable("COLOUR", "red")), controlPorts));
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

  void start(FunctionDriver driver, FunctionSpec spec) {
    plug(driver.create(spec).orThrow());
    driver.start(spec).orThrow();
  }

  String log(FunctionDriver driver) {
    return driver.log(ID, OptionalLong.empty(), 10_000).orThrow().text();
  }

  /** Ends the first process, whatever it is. */
  void killContainer() {
    int pid = containers().get(place().name()).pid();
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Takes the ports away, as a switch that lost them. */
  void losePorts() {
    try (RouteSocket outside = RouteSocket.open()) {
      farEnds.forEach(outside::deleteLink);
    }
  }

  @Override
  public void close() {
    FunctionDriver driver = driver();
    driver.observe().orThrow().forEach(instance -> driver.delete(instance.id()).orThrow());
    assertThat(driver.observe().orThrow()).isEmpty();
    drivers.forEach(FunctionDriver::close);
    losePorts();
    assertThat(containers().names()).isEmpty();
    assertThat(NetworkNamespace.names(node + "-")).isEmpty();
    assertThat(folder.resolve("docker/instances").toFile().list()).isEmpty();
  }
}
