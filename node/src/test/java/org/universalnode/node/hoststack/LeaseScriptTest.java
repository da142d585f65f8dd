package org.universalnode.node.hoststack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/**
 * The script with what udhcpc gives it, on a host that has a default route and an address. With the
 * shell and the commands of this system, and with those of busybox.
 */
@ParameterizedClass
@EnumSource
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class LeaseScriptTest {
  enum Commands {
    SYSTEM,
    BUSYBOX
  }

  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final Map<String, String> LEASE =
      Map.of("ip", "198.18.7.5", "mask", "24", "lease", "3600", "serverid", "198.18.7.1");

  private final Commands commands;
  @TempDir Path folder;
  private final Testbed testbed = new Testbed();
  private final Host host = testbed.host("192.0.2.9/24");

  LeaseScriptTest(Commands commands) {
    this.commands = commands;
  }

  /** The interface of which the lease is, beside the one that the host has anyhow. */
  @BeforeEach
  void makeTheInterface() {
    assumeThat(commands == Commands.SYSTEM || Files.isExecutable(BUSYBOX)).isTrue();
    ip("link add up0 type veth peer name up1");
    ip("link set up0 up");
    ip("link set up1 up");
  }

  @AfterEach
  void nothingIsLeft() {
    testbed.close();
  }

  @Test
  void aLeaseGivesTheInterfaceItsAddressForThatTime() throws IOException {
    call("bound", LEASE);
    assertThat(addresses()).contains("198.18.7.5/24", "valid_lft 3600sec");
    assertThat(lease().address()).hasToString("198.18.7.5/24");
    assertThat(lease().left().orElseThrow()).hasMinutes(59);
  }

  @Test
  void aRenewalProlongsItAndAnotherAddressReplacesIt() throws IOException {
    call("bound", LEASE);
    call("renew", with(LEASE, "lease", "7200"));
    assertThat(addresses()).contains("198.18.7.5/24", "valid_lft 7200sec");
    call("renew", with(LEASE, "ip", "198.18.7.6"));
    assertThat(addresses()).contains("198.18.7.6/24").doesNotContain("198.18.7.5");
    assertThat(lease().address()).hasToString("198.18.7.6/24");
  }

  @Test
  void aLeaseThatDoesNotEndIsOneForEver() throws IOException {
    call("bound", with(LEASE, "lease", "4294967295"));
    assertThat(addresses()).contains("198.18.7.5/24", "valid_lft forever");
    assertThat(lease().left()).isEmpty();
  }

  @Test
  void theRouterIsADefaultRouteAfterAllOthers() throws IOException {
    ip("route add default via 192.0.2.1");
    call("bound", with(LEASE, "router", "198.18.7.1 198.18.7.2"));
    assertThat(routes())
        .contains("default via 192.0.2.1 dev eth0")
        .contains("default via 198.18.7.1 dev up0 metric 1000077");
    assertThat(lease().router().orElseThrow()).hasToString("198.18.7.1");
    call("renew", with(LEASE, "router", "198.18.7.2"));
    assertThat(routes()).contains("198.18.7.2 dev up0").doesNotContain("198.18.7.1 dev up0");
    call("renew", LEASE);
    assertThat(routes()).contains("192.0.2.1").doesNotContain("default via 198.18.7");
  }

  @Test
  void anAddressWithoutSubnetReachesItsRouter() throws IOException {
    call("bound", Map.of("ip", "198.18.7.5", "router", "198.18.7.1"));
    assertThat(addresses()).contains("198.18.7.5/32");
    assertThat(routes()).contains("default via 198.18.7.1 dev up0 metric 1000077 onlink");
  }

  @Test
  void noAddressThatTheMachineReachesOtherwiseIsTaken() throws IOException {
    call("bound", LEASE);
    call("renew", with(LEASE, "ip", "192.0.2.77"));
    assertThat(refusal()).contains("192.0.2.77/24 meets 192.0.2.9/24 of this machine");
    assertThat(addresses()).isEmpty();
    call("renew", with(LEASE, "ip", "127.8.8.8"));
    assertThat(refusal()).contains("127.8.8.8/24 meets 127.0.0.1/8 of this machine");
  }

  @Test
  void noServerTakesOverMuchOfTheNetwork() throws IOException {
    call("bound", with(LEASE, "mask", "15"));
    assertThat(refusal()).contains("198.18.7.5/15 would take over much of the network");
    assertThat(addresses()).isEmpty();
    call("bound", with(LEASE, "mask", "16"));
    assertThat(addresses()).contains("198.18.7.5/16");
  }

  @Test
  void whenTheLeaseIsOverAddressAndRouteGo() throws IOException {
    call("bound", with(LEASE, "router", "198.18.7.1"));
    call("deconfig", Map.of());
    assertThat(addresses()).isEmpty();
    assertThat(routes()).doesNotContain("up0");
    assertThat(leaseFile()).doesNotExist();
  }

  @Test
  void anAddressCanBeKeptOnce() throws IOException {
    call("bound", LEASE);
    new ClientFolder(folder).markAddressStays();
    call("deconfig", Map.of());
    assertThat(addresses()).contains("198.18.7.5/24");
    call("deconfig", Map.of());
    assertThat(addresses()).isEmpty();
  }

  @Test
  void nobodysNameServersAreTouched() throws IOException {
    String before = Files.readString(Path.of("/etc/resolv.conf"));
    call("bound", with(LEASE, "dns", "198.18.7.1 198.18.7.2"));
    assertThat(Files.readString(Path.of("/etc/resolv.conf"))).isEqualTo(before);
    assertThat(lease().nameServers()).hasToString("[198.18.7.1, 198.18.7.2]");
  }

  private void call(String event, Map<String, String> given) throws IOException {
    Path script = ClientProgram.writtenTo(folder.resolve("script")).script();
    Map<String, String> environment = new HashMap<>(given);
    environment.put("interface", "up0");
    environment.put("UN_FOLDER", folder.toString());
    environment.put("UN_METRIC", "1000077");
    environment.put("PATH", path());
    List<String> command =
        switch (commands) {
          case SYSTEM -> List.of(script.toString(), event);
          case BUSYBOX -> List.of(BUSYBOX.toString(), "sh", script.toString(), event);
        };
    Programs.output(Optional.of(host.namespace()), folder, environment, command);
  }

  private String path() throws IOException {
    if (commands == Commands.SYSTEM) {
      return "/usr/sbin:/usr/bin:/sbin:/bin";
    }
    Path place = folder.resolve("busybox");
    if (!Files.exists(place)) {
      Files.createDirectory(place);
      for (String applet : List.of("ip", "rm", "mv", "cat")) {
        Files.createSymbolicLink(place.resolve(applet), BUSYBOX);
      }
    }
    return place.toString();
  }

  private Lease lease() throws IOException {
    return Lease.read(Files.readString(leaseFile()), Interfaces.uptime()).orElseThrow();
  }

  private Optional<String> refusal() throws IOException {
    return Lease.refusal(Files.readString(leaseFile()));
  }

  private Path leaseFile() {
    return folder.resolve("lease");
  }

  private String addresses() {
    return ip("-4 addr show dev up0");
  }

  private String routes() {
    return ip("-4 route");
  }

  private String ip(String arguments) {
    String[] command = ("/sbin/ip " + arguments).split(" ");
    return Programs.output(Optional.of(host.namespace()), folder, command);
  }

  private static Map<String, String> with(Map<String, String> all, String key, String value) {
    Map<String, String> changed = new HashMap<>(all);
    changed.put(key, value);
    return changed;
  }
}
