package org.universalnode.compute.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.universalnode.compute.Containment;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.PortSpec;
import org.universalnode.compute.Surroundings;
import org.universalnode.linux.RouteSocket;
import org.universalnode.nffg.EnvironmentVariable;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.Isolation;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.testbed.PrivateLibvirt;

/**
 * A driver of a node of its own, with a libvirtd of its own. Closing it deletes all instances and
 * checks that nothing is left.
 */
final class MachineLab implements AutoCloseable {
  static final InstanceId ID = new InstanceId("g1", "fw");
  static final InterfaceAddress ADDRESS = InterfaceAddress.parse("10.5.0.1/24");
  static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(60), Duration.ofSeconds(3), Duration.ofSeconds(20));
  private static final long MEMORY = 128L << 20;
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final String node = "ut" + ProcessHandle.current().pid() + "m" + NEXT.incrementAndGet();
  private final Path folder;
  private final PrivateLibvirt libvirt;
  private final List<FunctionDriver> drivers = new ArrayList<>();

  MachineLab(Path folder) {
    this.folder = folder;
    this.libvirt = new PrivateLibvirt(Path.of("..", ".."), folder.resolve("libvirt"));
  }

  /** Another driver of the same node each time, as after a restart. */
  FunctionDriver driver() {
    FunctionDriver driver = LibvirtDriver.open(node, folder, libvirt.uri(), PATIENCE).orThrow();
    drivers.add(driver);
    return driver;
  }

  PrivateLibvirt libvirt() {
    return libvirt;
  }

  Virsh virsh() {
    return new Virsh(libvirt.uri(), new Commands(folder, PATIENCE.command()));
  }

  Place place() {
    return new Places(node, folder.resolve("virtual-machines")).of(ID);
  }

  FunctionSpec spec(String configuration) {
    return spec(PortLabel.parse("lan:0"), configuration);
  }

  FunctionSpec spec(PortLabel label, String configuration) {
    return spec(List.of(port(label, 1, Optional.of(ADDRESS))), configuration);
  }

  FunctionSpec spec(List<PortSpec> ports, String configuration) {
    return spec(Bridge.image().toString(), ports, configuration);
  }

  FunctionSpec spec(String image, List<PortSpec> ports, String configuration) {
    return new FunctionSpec(
        ID,
        7,
        image,
        ports,
        configuration,
        new Containment(Isolation.USER, MEMORY, 100, OptionalInt.empty(), List.of(), List.of()),
        Optional.empty(),
        new Surroundings(1, List.of(new EnvironmentVariable("COLOUR", "it's red")), List.of()));
  }

  static PortSpec port(PortLabel label, int number, Optional<InterfaceAddress> address) {
    return new PortSpec(label, MacAddress.parse("02:00:00:00:00:0" + number), address);
  }

  /** The tap of a port. */
  String tap(FunctionSpec spec, int port) {
    return place().tapOf(spec.ports().get(port).label());
  }

  /** As a switch does. */
  void plug(Instance instance) {
    try (RouteSocket route = RouteSocket.open()) {
      for (Instance.Port port : instance.ports()) {
        route.up(port.way().toString());
      }
    }
  }

  void start(FunctionDriver driver, FunctionSpec spec) {
    plug(driver.create(spec).orThrow());
    driver.start(spec).orThrow();
  }

  @Override
  public void close() {
    libvirt.begin();
    FunctionDriver driver = driver();
    driver.observe().orThrow().forEach(instance -> driver.delete(instance.id()).orThrow());
    assertThat(driver.observe().orThrow()).isEmpty();
    assertThat(virsh().domains()).isEmpty();
    drivers.forEach(FunctionDriver::close);
    libvirt.close();
    assertThat(Taps.owners(node)).isEmpty();
    assertThat(Emulator.of(place().name())).isEmpty();
    assertThat(folder.resolve("virtual-machines").resolve("instances").toFile().list()).isEmpty();
    assertThat(folder.resolve("virtual-machines").resolve("commands").toFile().list()).isEmpty();
  }
}
