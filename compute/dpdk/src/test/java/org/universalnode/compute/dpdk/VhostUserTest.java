package org.universalnode.compute.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.universalnode.compute.FunctionDriver;
import org.universalnode.compute.ImageSource;
import org.universalnode.compute.Instance;
import org.universalnode.compute.InstanceId;
import org.universalnode.compute.Watch;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.linux.Offloads;
import org.universalnode.linux.RouteSocket;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.HugePages;
import org.universalnode.testbed.PrivateOpenVswitch;
import org.universalnode.testbed.Testbed;

/** Real frames through Open vSwitch and a real process, by vhost-user sockets and huge pages. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("a core")
@EnabledIf(
    value = "org.universalnode.compute.dpdk.InstalledDpdk#isThereWithSwitch",
    disabledReason = "needs root: install Debian's dpdk-dev and openvswitch-switch-dpdk")
class VhostUserTest {
  private static final int HUGE_PAGES = 32;
  private static final String BRIDGE = "br0";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private HugePages pages;
  private NetworkNamespace namespace;
  private PrivateOpenVswitch ovs;
  private Testbed testbed;
  private DpdkLab lab;
  private FunctionDriver driver;

  @BeforeEach
  void begin() {
    pages = HugePages.add(1000 + HUGE_PAGES);
    namespace =
        NetworkNamespace.create("udo" + ProcessHandle.current().pid() + "x" + System.nanoTime());
    ovs = PrivateOpenVswitch.withDpdk(namespace);
    testbed = new Testbed(namespace.routeSocket());
    lab = new DpdkLab(folder, HUGE_PAGES, "usvhost");
    driver = lab.driver();
  }

  @AfterEach
  void end() {
    try (HugePages _ = pages) {
      lab.close();
      testbed.close();
      ovs.close();
      namespace.delete();
    }
  }

  @Test
  void framesPassThroughTheSwitchAndTheProcessAlsoAfterTheSwitchWasKilled() throws IOException {
    Host left = testbed.host("10.9.0.1/24");
    Host right = testbed.host("10.9.0.2/24");
    bridge(left.cable(), "vu0", "vu1", right.cable());
    List.of(left, right).forEach(VhostUserTest::sendFinished);
    driver.install(new ImageSource.Folder(lab.archive())).orThrow();
    Instance made = driver.create(lab.spec("{}")).orThrow();
    serve(made);
    driver.start(lab.spec("{}")).orThrow();
    assertThat(reaches(left, right)).isTrue();
    assertThat(driver.stats(DpdkLab.ID).orThrow().memoryBytes().orElseThrow())
        .isGreaterThan(HUGE_PAGES * (2L << 20));

    driver.pause(DpdkLab.ID).orThrow();
    assertThat(left.connect(right, "10.9.0.2", 7000)).isEmpty();
    driver.resume(DpdkLab.ID).orThrow();
    assertThat(reaches(left, right)).isTrue();

    List<InstanceId> told = new CopyOnWriteArrayList<>();
    try (Watch _ = driver.watch(told::add)) {
      ovs.killSwitch();
      for (String socket : List.of("vu0", "vu1")) { // as the switch's driver does
        Files.delete(ovs.folder().resolve(socket));
      }
      ovs.startSwitch();
      await() // it listens a moment after it says that it runs
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> flows(left.cable(), "vu0", "vu1", right.cable()));
      await().atMost(PATIENCE).until(() -> told.contains(DpdkLab.ID));
      assertThat(driver.observe(DpdkLab.ID).orThrow().missing()).isNotEmpty();
      driver.start(lab.spec("{}")).orThrow();
      assertThat(reaches(left, right)).isTrue();
    }
  }

  /** Nobody on the way finishes what a host left to its network card, as it has none. */
  private static void sendFinished(Host host) {
    host.namespace()
        .call(
            () -> {
              try (RouteSocket route = RouteSocket.open();
                  Offloads offloads = Offloads.open()) {
                route.links().stream()
                    .filter(link -> !link.name().equals("lo"))
                    .forEach(offloads::sendFinished);
              }
              return host;
            });
  }

  /** Whether two hosts can talk, soon. */
  private static boolean reaches(Host left, Host right) {
    await()
        .atMost(PATIENCE)
        .until(() -> left.connect(right, "10.9.0.2", 7000).filter("10.9.0.1"::equals).isPresent());
    return true;
  }

  private void bridge(String left, String one, String two, String right) {
    try (RouteSocket route = namespace.routeSocket()) {
      List.of(left, right).forEach(route::up);
    }
    ovs.vsctl(
        ("add-br br0 -- set bridge br0 datapath_type=netdev fail_mode=secure"
                + " -- add-port br0 %s -- add-port br0 %s"
                + " -- add-port br0 %s -- set interface %s type=dpdkvhostuser"
                + " -- add-port br0 %s -- set interface %s type=dpdkvhostuser")
            .formatted(left, right, one, one, two, two)
            .split(" ", -1));
    flows(left, one, two, right);
  }

  private void flows(String left, String one, String two, String right) {
    for (List<String> pair : List.of(List.of(left, one), List.of(two, right))) {
      ovs.ofctl("add-flow", BRIDGE, "in_port=" + pair.get(0) + ",actions=output:" + pair.get(1));
      ovs.ofctl("add-flow", BRIDGE, "in_port=" + pair.get(1) + ",actions=output:" + pair.get(0));
    }
  }

  /** Links where the instance looks for sockets, as a switch's driver makes them. */
  private void serve(Instance made) throws IOException {
    for (int i = 0; i < made.ports().size(); i++) {
      Path wanted = Path.of(made.ports().get(i).way().toString());
      Files.createSymbolicLink(wanted, ovs.folder().resolve("vu" + i));
    }
  }
}
