package org.universalnode.compute.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.universalnode.compute.Containment;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.PortSpec;
import org.universalnode.compute.Surroundings;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Veth;
import org.universalnode.nffg.EnvironmentVariable;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.problem.Result;
import org.universalnode.problem.Result.Nothing;

/**
 * A driver of a node of its own, a forwarder between two ports, and interfaces as a switch would
 * make them, which have their far ends in this namespace. Closing it deletes all instances and
 * checks that nothing is left.
 */
final class DpdkLab implements AutoCloseable {
  static final InstanceId ID = new InstanceId("g1", "forwarder");
  static final Patience PATIENCE = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(10));
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final String FORWARDER =
      """
      {"program": "dpdk-testpmd", "memory": 48, "hugepages": HUGEPAGES,
       "ready": "packet forwarding - ports=2", "configurable": true,
       "arguments": ["--forward-mode=io", "--nb-cores=1", "--total-num-mbufs=2048",
                     "--stats-period=60", "--no-lsc-interrupt"]}
      """;

  private final String node = "ud" + ProcessHandle.current().pid() + "n" + NEXT.incrementAndGet();
  private final Path folder;
  private final String technology;
  private final List<FunctionDriver> drivers = new ArrayList<>();
  private final List<String> made = new ArrayList<>();

  /** Far ends by the names of the interfaces inside. */
  private final SortedMap<String, String> farEnds = new TreeMap<>();

  DpdkLab(Path folder, int hugepages, String technology) {
    this.folder = folder;
    this.technology = technology;
    describe(hugepages);
  }

  /** Forwards between two ports. */
  static String forwarder(int hugepages) {
    return FORWARDER.replace("HUGEPAGES", Integer.toString(hugepages));
  }

  /** A forwarder with so many huge pages is in the archive. */
  void describe(int hugepages) {
    write(forwarder(hugepages));
  }

  /** Its file that says what to run. */
  void write(String description) {
    try {
      Files.createDirectories(archive());
      Files.writeString(archive().resolve(Application.FILE), description);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path archive() {
    return folder.resolve("archive");
  }

  String node() {
    return node;
  }

  /** Another driver of the same node each time, as after a restart. */
  FunctionDriver driver() {
    return driver(PATIENCE);
  }

  FunctionDriver driver(Patience patience) {
    FunctionDriver driver = DpdkDriver.open(node, folder, patience).orThrow();
    drivers.add(driver);
    return driver;
  }

  FunctionSpec spec(String configuration) {
    return spec(PortLabel.parse("lan:0"), configuration);
  }

  /** With that label at its first port. */
  FunctionSpec spec(PortLabel first, String configuration) {
    return new FunctionSpec(
        ID,
        7,
        archive().toString(),
        List.of(port(first, 1), port(PortLabel.parse("wan:0"), 2)),
        configuration,
        new Containment(
            Isolation.NETWORK, 256 << 20, 100, OptionalInt.empty(), List.of(), List.of()),
        Optional.empty(),
        new Surroundings(1, List.of(new EnvironmentVariable("COLOUR", "red")), List.of()));
  }

  /** With that isolation. */
  FunctionSpec spec(Isolation isolation) {
    FunctionSpec spec = spec("{}");
    return new FunctionSpec(
        spec.id(),
        spec.lsi(),
        spec.image(),
        spec.ports(),
        spec.configuration(),
        new Containment(isolation, 256 << 20, 100, OptionalInt.empty(), List.of(), List.of()),
        spec.shared(),
        spec.surroundings());
  }

  private PortSpec port(PortLabel label, int number) {
    return new PortSpec(
        label, MacAddress.parse("02:00:00:00:00:0" + number), Optional.empty(), technology);
  }

  /** Creates those interfaces that are missing. */
  void plug(Instance instance) {
    NetworkNamespace namespace = NetworkNamespace.named(instance.namespace());
    try (RouteSocket inside = namespace.routeSocket();
        RouteSocket outside = RouteSocket.open()) {
      for (Instance.Port port : instance.ports()) {
        if (port.way() instanceof Instance.Way.Inside(String name, boolean _)
            && inside.link(name).isEmpty()) {
          String far = node + "v" + made.size();
          made.add(far);
          farEnds.put(name, far);
          outside.createVeth(new Veth(far, name, port.mac().toString(), namespace));
          outside.up(far);
        }
      }
    }
  }

  /** The wire between the far ends. */
  Wire wire() {
    List<String> both = List.copyOf(farEnds.values());
    return new Wire(both.get(0), both.get(1));
  }

  void start(FunctionDriver driver) {
    tryToStart(driver).orThrow();
  }

  /** All is there that the process needs. */
  Result<Nothing> tryToStart(FunctionDriver driver) {
    driver.install(new ImageSource.Folder(archive())).orThrow();
    FunctionSpec spec = spec("{}");
    plug(driver.create(spec).orThrow());
    return driver.start(spec);
  }

  /** Kills the processes of the instance; returns when they are gone. */
  void killProcesses() {
    Set<Integer> processes = driver().observe(ID).orThrow().processes();
    assertThat(processes).isNotEmpty();
    for (int pid : processes) {
      ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  /** Takes the ports away, as a switch that lost them. */
  void losePorts() {
    try (RouteSocket outside = RouteSocket.open()) {
      made.forEach(outside::deleteLink);
    }
  }

  @Override
  public void close() {
    FunctionDriver driver = driver();
    driver.observe().orThrow().forEach(instance -> driver.delete(instance.id()).orThrow());
    assertThat(driver.observe().orThrow()).isEmpty();
    drivers.forEach(FunctionDriver::close);
    losePorts();
    assertThat(NetworkNamespace.names(node + "-")).isEmpty();
    assertThat(folder.resolve("dpdk").toFile().list()).isEmpty();
    for (String place : List.of("/var/run/dpdk", "/run/universal-node")) {
      String[] left = Path.of(place).toFile().list((_, name) -> name.startsWith(node));
      assertThat(left == null ? new String[0] : left).isEmpty();
    }
    for (String controller : List.of("", "unified", "pids", "memory", "cpuset", "freezer", "cpu")) {
      assertThat(Path.of("/sys/fs/cgroup", controller, "universal-node", node)).doesNotExist();
    }
  }
}
