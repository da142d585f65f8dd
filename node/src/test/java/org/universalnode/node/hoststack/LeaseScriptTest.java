package org.universalnode.node.hoststack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
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
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.5", "127.8.8.8", "169.254.7.7", "224.0.0.5", "255.255.255.254"})
  void noAddressThatIsNoneOfAHostIsTaken(String ip) throws IOException {
    for (String mask : List.of("24", "32")) {
      call("bound", with(with(LEASE, "ip", ip), "mask", mask));
      assertThat(refusal().orElseThrow()).startsWith(ip + "/" + mask + " meets ");
      assertThat(addresses()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "198.18.7.128/25 dev eth0",
        "198.18.0.0/15 dev eth0",
        "198.18.7.5 dev eth0",
        "198.18.7.0/24 dev eth0 table 77",
        "unreachable 198.18.7.0/25",
        "198.18.7.64/26 nexthop dev eth0 nexthop dev lo",
        "0.0.0.0/1 dev eth0; 128.0.0.0/1 dev eth0"
      })
  void noAddressTakesOverAWayOfTheMachine(String routes) throws IOException {
    for (String route : routes.split("; ", 2)) {
      ip("route add " + route);
    }
    call("bound", LEASE);
    assertThat(refusal().orElseThrow()).contains("198.18.7.5/24 meets the route to ");
    assertThat(addresses()).isEmpty();
  }

  @Test
  void routesElsewhereAndThoseOfGraphsAreNoObstacle() throws IOException {
    ip("link add uh0123456789ab type veth peer name other");
    ip("link set uh0123456789ab up");
    ip("route add 198.18.7.0/25 dev uh0123456789ab");
    ip("route add 198.18.6.0/24 dev eth0");
    ip("route add 198.18.7.0/24 dev up0");
    call("bound", LEASE);
    assertThat(addresses()).contains("198.18.7.5/24");
  }

  @Test
  void noAddressTakesOverAPeerOfTheMachine() throws IOException {
    ip("link set eth0 down"); // so that it has no route
    ip("addr add 192.0.2.200 peer 198.18.7.9/32 dev eth0");
    call("bound", LEASE);
    assertThat(refusal()).contains("198.18.7.5/24 meets 198.18.7.9/32, a peer of this machine");
  }

  @Test
  void noAddressTakesOverANameServerOfTheMachine() throws IOException {
    Path resolvers = folder.resolve("resolv.conf");
    Files.writeString(
        resolvers, "# 198.18.7.1\nnameserver 198..7.1\nnameserver ::1\nnameserver 198.18.7.53");
    call("bound", LEASE);
    assertThat(refusal())
        .contains("198.18.7.5/24 meets 198.18.7.53, a name server of this machine");
    call("bound", with(LEASE, "mask", "32"));
    assertThat(addresses()).contains("198.18.7.5/32");
  }

  @Test
  void whatCannotBeJudgedIsNotTaken() throws IOException {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Path ip = broken.resolve("ip");
    Files.writeString(
        ip, "#!/bin/sh\ncase \"$*\" in *show*) exit 1;; esac\nexec /sbin/ip \"$@\"\n");
    Files.setPosixFilePermissions(ip, PosixFilePermissions.fromString("rwxr-xr-x"));
    call("bound", with(LEASE, "PATH", broken + ":" + path()));
    assertThat(refusal().orElseThrow()).contains("it is not known what 198.18.7.5/24 would meet");
    assertThat(addresses()).isEmpty();
  }

  @Test
  void routesOfTheServerAreNotMade() throws IOException {
    Map<String, String> more = new HashMap<>(LEASE);
    more.put("staticroutes", "203.0.113.0/24 198.18.7.1 0.0.0.0/1 198.18.7.1");
    more.put("msstaticroutes", "203.0.113.0/24 198.18.7.1");
    more.put("routes", "203.0.113.7 198.18.7.1");
    call("bound", more);
    assertThat(addresses()).contains("198.18.7.5/24");
    assertThat(routes().lines()).hasSize(2); // that of each interface to its subnet
  }

  @Test
  void aRouterThatIsNotReachedIsSaidAndTheOneBeforeIsNone() throws IOException {
    call("bound", with(LEASE, "router", "198.18.7.1"));
    call("renew", with(LEASE, "router", "203.0.113.1"));
    assertThat(routes()).doesNotContain("default");
    assertThat(addresses()).contains("198.18.7.5/24");
    String record = Files.readString(leaseFile());
    assertThat(Lease.problem(record).orElseThrow())
        .contains("there is no default route by 203.0.113.1: ");
    call("renew", with(LEASE, "router", "198.18.7.2"));
    assertThat(routes()).contains("default via 198.18.7.2 dev up0");
    assertThat(Lease.problem(Files.readString(leaseFile()))).isEmpty();
  }

  @Test
  void anAddressThatTheKernelDoesNotTakeIsNoLease() throws IOException {
    call("bound", with(LEASE, "lease", "0"));
    assertThat(refusal().orElseThrow()).contains("198.18.7.5/24 can't be set: ");
  }

  @Test
  void theLogIsCutWithoutANode() throws IOException {
    Path log = folder.resolve("log");
    Files.writeString(log, "x".repeat(200_000));
    call("leasefail", Map.of());
    assertThat(log).isEmptyFile();
    Files.writeString(log, "the reason");
    call("leasefail", Map.of());
    assertThat(log).hasContent("the reason");
  }

  @Test
  void noServerTakesOverMuchOfTheNetwork() throws IOException {
    call("bound", with(LEASE, "mask", "15"));
    assertThat(refusal()).contains("198.18.7.5/15 would take over much of the network");
    assertThat(addresses()).isEmpty();
    call("bound", with(LEASE, "mask", "33"));
    assertThat(refusal()).isPresent();
    call("bound", with(LEASE, "mask", "none"));
    assertThat(refusal()).isPresent();
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
    environment.put("UN_RESOLVERS", folder.resolve("none") + " " + folder.resolve("resolv.conf"));
    environment.putIfAbsent("PATH", path());
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
      for (String applet : List.of("ip", "rm", "mv", "cat", "wc")) {
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
