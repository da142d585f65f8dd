package org.universalnode.compute.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.compute.docker.DockerLab.ID;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.FunctionSpec;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.Instance;
import org.universalnode.compute.PortSpec;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.RouteSocket;
import org.universalnode.linux.Veth;
import org.universalnode.nffg.InterfaceAddress;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.PortLabel;
import org.universalnode.testbed.Host;

/** The example of a nat in a container hides a host from another, through all that befalls it. */
@ExtendWith(EngineExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("engine")
@EnabledIf(
    value = "org.universalnode.testbed.PrivateDocker#isInstalled",
    disabledReason = "needs root and dockerd: install Debian's docker.io")
class NatExampleTest {
  private static final String SERVER = "198.51.100.2";
  private static final String NAT = "198.51.100.10";
  private static final int PORT = 80;

  private final DockerLab lab;
  private final FunctionDriver driver;
  private final Path folder;
  private final Host lan;
  private final Host wan;

  NatExampleTest(EngineExtension.Shared shared, @TempDir Path folder) {
    this.folder = folder;
    lab = new DockerLab(shared, folder);
    driver = lab.driver();
    lan = new Host(NetworkNamespace.create(lab.node() + "-lan"), "eth0");
    wan = new Host(NetworkNamespace.create(lab.node() + "-wan"), "eth0");
  }

  @AfterEach
  void nothingIsLeft() {
    lan.namespace().delete();
    wan.namespace().delete();
    lab.close();
  }

  @Test
  void lanIsSeenAsTheNatAndNotReachedFromOutside() {
    FunctionSpec spec = spec();
    Instance instance = driver.create(spec).orThrow();
    plug(instance, 0, lan, "10.0.0.2/24");
    plug(instance, 1, wan, SERVER + "/24");
    lan.route("0.0.0.0/0", "10.0.0.1");
    wan.route("10.0.0.0/24", NAT);
    driver.start(spec).orThrow();

    awaitPassing();
    assertThat(wan.connect(lan, "10.0.0.2", PORT)).isEmpty();

    lab.killContainer();
    FunctionDriver successor = lab.driver();
    successor.create(spec).orThrow();
    successor.start(spec).orThrow();
    assertThat(successor.observe(ID).orThrow().isWhole()).isTrue();
    awaitPassing();
    assertThat(wan.connect(lan, "10.0.0.2", PORT)).isEmpty();
  }

  private void awaitPassing() {
    Awaitility.await()
        .untilAsserted(() -> assertThat(lan.connect(wan, SERVER, PORT)).contains(NAT));
  }

  private FunctionSpec spec() {
    Path archive = folder.resolve("nat.tar");
    TestImage.build(Path.of("../../docs/examples/docker-nat"), archive);
    String image = driver.install(new ImageSource.File(archive)).orThrow();
    FunctionSpec bare = lab.spec("{}");
    return new FunctionSpec(
        ID,
        bare.lsi(),
        image,
        List.of(port("lan:0", 1, "10.0.0.1/24"), port("wan:0", 2, NAT + "/24")),
        "{}",
        bare.containment(),
        Optional.empty());
  }

  private static PortSpec port(String label, int number, String address) {
    return new PortSpec(
        PortLabel.parse(label),
        MacAddress.parse("02:00:00:00:01:0" + number),
        Optional.of(InterfaceAddress.parse(address)));
  }

  /** Ties a port to a host. */
  private static void plug(Instance instance, int number, Host host, String address) {
    Instance.Port port = instance.ports().get(number);
    NetworkNamespace inside = NetworkNamespace.named(instance.namespace());
    try (RouteSocket route = host.namespace().routeSocket()) {
      String mac = port.mac().toString();
      route.up(route.createVeth(new Veth("eth0", port.way().toString(), mac, inside)));
    }
    host.address(address);
  }
}
