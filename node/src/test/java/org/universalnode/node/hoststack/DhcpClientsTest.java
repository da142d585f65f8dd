package org.universalnode.node.hoststack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.linux.ControlGroups;
import org.universalnode.node.hoststack.ClientState.Phase;
import org.universalnode.testbed.Host;
import org.universalnode.testbed.Testbed;

/** Real clients, at an interface that leads straight to a real server. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
@EnabledIf(
    value = "org.universalnode.node.hoststack.DhcpServer#canRun",
    disabledReason = "needs dnsmasq and udhcpc")
class DhcpClientsTest {
  private static final String OWNER = "graph/end-point";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  @TempDir Path serverFolder;
  private final Testbed testbed = new Testbed();
  private final Host host = testbed.host("10.0.0.1/24");

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (testbed;
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      clients.end(OWNER);
      assertThat(cgroups()).isEmpty();
      try (Stream<Path> left = Files.list(folder.resolve("host-stacks"))) {
        assertThat(left).hasSize(1); // the script
      }
    }
  }

  @Test
  void aLeaseIsTakenAndAtTheEndReleased() {
    try (DhcpServer server = new DhcpServer(host, serverFolder);
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      server.serve();
      clients.keep(at());
      Lease lease = bound(clients);
      assertThat(lease.address().toString()).startsWith(server.subnet()).endsWith("/24");
      assertThat(lease.server().orElseThrow()).hasToString(server.address());
      assertThat(lease.nameServers()).hasToString("[" + server.address() + "]");
      assertThat(lease.router()).isEmpty();
      assertThat(lease.left().orElseThrow()).hasMinutes(1);
      clients.end(OWNER);
      assertThat(clients.state(OWNER)).isEmpty();
      await().until(() -> server.heard().contains("DHCPRELEASE"));
    }
  }

  @Test
  void theServerIsToldWhatTheMachineIsCalled() throws IOException {
    String full = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    String name = full.split("\\.", 2)[0];
    try (DhcpServer server = new DhcpServer(host, serverFolder);
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      server.serve();
      clients.keep(at());
      bound(clients);
      if (name.equals("localhost")) {
        assertThat(server.heard()).doesNotContain("client provides name");
      } else {
        assertThat(server.heard()).contains("client provides name: " + name);
      }
    }
  }

  @Test
  void aServerThatComesLaterIsFound() {
    try (DhcpServer server = new DhcpServer(host, serverFolder);
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      clients.keep(at());
      assertThat(phase(clients)).isEqualTo(Phase.ASKING);
      server.serve();
      bound(clients);
      assertThat(clients.state(OWNER).orElseThrow().restarts()).isZero();
    }
  }

  @Test
  void aClientThatDiesIsStartedAgainAndTheAddressStays() {
    try (DhcpServer server = new DhcpServer(host, serverFolder);
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      server.serve();
      clients.keep(at());
      Lease lease = bound(clients);
      int first = process();
      kill(first);
      await().until(() -> hasAddress(lease) && phase(clients) == Phase.RESTARTING);
      ClientState dead = clients.state(OWNER).orElseThrow();
      assertThat(dead.reason()).contains("ended with status 137");
      assertThat(dead.lease().orElseThrow().address()).isEqualTo(lease.address());
      await().until(() -> hasAddress(lease) && !processes().isEmpty());
      await().until(() -> hasAddress(lease) && server.heard().split("DHCPACK").length == 3);
      assertThat(bound(clients).address()).isEqualTo(lease.address());
      assertThat(process()).isNotEqualTo(first);
      assertThat(clients.state(OWNER).orElseThrow().restarts()).isEqualTo(1);
    }
  }

  @Test
  void theNextNodeTakesOverWhatRuns() {
    try (DhcpServer server = new DhcpServer(host, serverFolder)) {
      server.serve();
      try (DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
        clients.keep(at());
        bound(clients);
      }
      int process = process();
      try (DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
        assertThat(clients.identities()).containsExactly(OWNER);
        clients.keep(at());
        assertThat(phase(clients)).isEqualTo(Phase.BOUND);
        assertThat(process()).isEqualTo(process);
        kill(process);
        await().until(() -> processes().size() == 1 && process() != process);
      }
    }
  }

  @Test
  void anInterfaceThatWasMadeAnewHasAnotherClient() {
    try (DhcpServer server = new DhcpServer(host, serverFolder);
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      server.serve();
      clients.keep(at());
      bound(clients);
      int first = process();
      testbed.replug(host, "10.0.0.1/24");
      host.address(server.address() + "/24");
      clients.keep(at());
      assertThat(process()).isNotEqualTo(first);
      bound(clients);
    }
  }

  @Test
  void withoutInterfaceItIsTriedAgain() {
    try (DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      clients.keep(StackInterface.of(OWNER, testbed.name() + "no"));
      ClientState state = clients.state(OWNER).orElseThrow();
      assertThat(state.phase()).isEqualTo(Phase.RESTARTING);
      assertThat(state.reason()).contains("there is no interface " + testbed.name() + "no");
      await().until(() -> clients.state(OWNER).orElseThrow().restarts() == 1);
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void anAddressThatIsNotTakenIsSaid() throws IOException {
    try (DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      clients.keep(at());
      Path lease = folder.resolve("host-stacks").resolve(host.cable()).resolve("lease");
      await().until(() -> !Files.exists(lease)); // by the first deconfig
      Files.writeString(lease, "refused=10.0.0.5/8 would take over much of the network\n");
      assertThat(phase(clients)).isEqualTo(Phase.REFUSED);
      assertThat(clients.state(OWNER).orElseThrow().reason()).contains("10.0.0.5/8");
    }
  }

  @Test
  void anAddressThatIsNotTakenIsAskedForAgain() throws IOException {
    try (DhcpServer server = new DhcpServer(host, serverFolder);
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      Host other = testbed.host("10.0.0.2/24");
      ip("route add " + server.subnet() + "0/26 dev " + other.cable());
      server.serve();
      clients.keep(at());
      await().atMost(PATIENCE).until(() -> phase(clients) == Phase.REFUSED);
      assertThat(clients.state(OWNER).orElseThrow().reason())
          .contains("meets the route to " + server.subnet() + "0/26");
      assertThat(clients.state(OWNER).orElseThrow().lease()).isEmpty();
      ip("route del " + server.subnet() + "0/26 dev " + other.cable());
      bound(clients);
      assertThat(clients.state(OWNER).orElseThrow().restarts()).isZero();
    }
  }

  @Test
  void anAddressThatMeetsALaterRouteGoes() throws IOException {
    try (DhcpServer server = new DhcpServer(host, serverFolder);
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      Host other = testbed.host("10.0.0.2/24");
      server.serve();
      clients.keep(at());
      Lease lease = bound(clients);
      ip("route add " + server.subnet() + "128/25 dev " + other.cable());
      await().until(() -> phase(clients) == Phase.REFUSED);
      assertThat(clients.state(OWNER).orElseThrow().reason())
          .contains(lease.address() + " meets the route to " + server.subnet() + "128/25");
      assertThat(hasAddress(lease)).isFalse();
      await().until(() -> server.heard().contains("DHCPRELEASE"));
      ip("route del " + server.subnet() + "128/25 dev " + other.cable());
      bound(clients);
    }
  }

  @Test
  void whatCouldNotBeSetOfALeaseIsTriedAgain() throws IOException {
    try (DhcpServer server = new DhcpServer(host, serverFolder);
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      server.serve();
      clients.keep(at());
      Lease lease = bound(clients);
      int first = process();
      String written = Files.readString(file("lease"));
      Files.writeString(file("lease"), written.replaceFirst("problem=.*", "problem=no route: why"));
      assertThat(clients.state(OWNER).orElseThrow().reason()).isEqualTo("no route: why");
      await().until(() -> hasAddress(lease) && !processes().contains(first));
      await()
          .until(() -> hasAddress(lease) && clients.state(OWNER).orElseThrow().reason().isEmpty());
      assertThat(bound(clients).address()).isEqualTo(lease.address());
      assertThat(server.heard()).doesNotContain("DHCPRELEASE");
    }
  }

  @Test
  void aClientThatIsStillOnItsWayIsTheOnlyOne() throws Exception {
    try (DhcpServer server = new DhcpServer(host, serverFolder);
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      server.serve();
      clients.keep(at());
      bound(clients);
      int client = process();
      leaveCgroup(client); // as one is before it has entered
      await()
          .during(Duration.ofSeconds(5))
          .atMost(Duration.ofSeconds(8))
          .until(() -> processes().isEmpty());
      assertThat(phase(clients)).isEqualTo(Phase.BOUND);
      clients.end(OWNER);
      assertThat(ProcessHandle.of(client)).isEmpty();
    }
  }

  @Test
  void whatCannotBeWrittenKeepsNoProcessFromItsEnd() throws IOException {
    try (DhcpServer server = new DhcpServer(host, serverFolder);
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      server.serve();
      clients.keep(at());
      Lease lease = bound(clients);
      Files.createDirectory(file("address-stays"));
      clients.end(OWNER);
      assertThat(processes()).isEmpty();
      assertThat(hasAddress(lease)).isFalse();
    }
  }

  @Test
  void withoutAClientTheInterfaceHasNoAddress() {
    try (DhcpServer server = new DhcpServer(host, serverFolder);
        DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      server.serve();
      clients.keep(at());
      Lease lease = bound(clients);
      clients.end(OWNER);
      assertThat(hasAddress(lease)).isFalse();
    }
  }

  @Test
  void aLogThatCannotBeCutKeepsNoClientFromBeingStarted() throws IOException {
    try (DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      clients.keep(at());
      int first = process();
      Path running = Files.copy(Path.of("/bin/busybox"), serverFolder.resolve("sleep"));
      Process busy = new ProcessBuilder(running.toString(), "60").start();
      try {
        Files.delete(file("log"));
        Files.createSymbolicLink(file("log"), running); // not to be written: it runs
        kill(first);
        await().until(() -> clients.state(OWNER).orElseThrow().restarts() > 0);
      } finally {
        busy.destroyForcibly();
      }
    }
  }

  @Test
  void strangersInTheFolderAreNoObstacle() throws IOException {
    Path folders = Files.createDirectories(folder.resolve("host-stacks"));
    Path foreign = Files.createDirectories(folders.resolve("a..b/c"));
    Path full = Files.createDirectories(folders.resolve("uh000000000000/notes"));
    try (DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      assertThat(clients.identities()).isEmpty();
      assertThat(clients.refusal()).isEmpty();
      clients.keep(at());
      process();
      assertThat(foreign).exists();
      assertThat(full).exists();
    }
    Files.delete(foreign);
    Files.delete(foreign.getParent());
    Files.delete(full);
  }

  @Test
  void withoutAFolderThereIsNoClientAndTheReasonIsSaid() throws IOException {
    Path place = Files.createFile(folder.resolve("host-stacks"));
    try (DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      assertThat(clients.refusal().orElseThrow().detail()).contains("script can't be written");
      clients.keep(at());
      assertThat(clients.state(OWNER).orElseThrow().reason()).contains("script can't be written");
      Files.delete(place);
      assertThat(clients.refusal()).isEmpty();
      process();
    }
  }

  @Test
  void whatWasNotRecordedWholeIsRemoved() throws IOException {
    Path cutOff = Files.createDirectories(folder.resolve("host-stacks/uh000000000000"));
    Files.writeString(cutOff.resolve("client.json.new"), "{\"identity\":");
    try (DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      assertThat(clients.identities()).isEmpty();
      assertThat(cutOff).doesNotExist();
    }
  }

  @Test
  void theLogDoesNotGrowForEver() throws IOException {
    try (DhcpClients clients = DhcpClients.open(testbed.name(), folder)) {
      clients.keep(at());
      Path log = folder.resolve("host-stacks").resolve(host.cable()).resolve("log");
      Files.writeString(log, "x".repeat(300 << 10));
      await().until(() -> Files.size(log) < 100 << 10);
    }
  }

  private Path file(String name) {
    return folder.resolve("host-stacks").resolve(host.cable()).resolve(name);
  }

  private void ip(String arguments) {
    String[] command = ("/sbin/ip " + arguments).split(" ");
    Programs.output(Optional.empty(), serverFolder, command);
  }

  /** Into the root of each hierarchy. */
  private void leaveCgroup(int process) throws IOException {
    for (Path cgroup : cgroups().toList()) {
      Files.writeString(cgroup.resolve("../../cgroup.procs"), String.valueOf(process));
    }
  }

  private StackInterface at() {
    return StackInterface.of(OWNER, host.cable());
  }

  private static Phase phase(DhcpClients clients) {
    return clients.state(OWNER).orElseThrow().phase();
  }

  private static Lease bound(DhcpClients clients) {
    await().atMost(PATIENCE).until(() -> phase(clients) == Phase.BOUND);
    return clients.state(OWNER).orElseThrow().lease().orElseThrow();
  }

  private boolean hasAddress(Lease lease) {
    return Interfaces.hasAddress(at(), lease.address());
  }

  /** Sometimes its script runs, too. */
  private int process() {
    await().until(() -> processes().size() == 1);
    return processes().iterator().next();
  }

  private Set<Integer> processes() {
    Path path = Path.of("universal-node", testbed.name(), "dhcp-" + host.cable());
    return ControlGroups.detect().at(path).processes();
  }

  private void kill(int process) {
    ProcessHandle.of(process).orElseThrow().destroyForcibly();
  }

  private Stream<Path> cgroups() {
    return Stream.of("", "pids", "memory", "cpuset", "freezer", "cpu", "unified")
        .map(part -> Path.of("/sys/fs/cgroup", part, "universal-node", testbed.name()))
        .filter(Files::exists);
  }
}
