package org.universalnode.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.node.hoststack.DhcpServer;

/** A node in a process of its own, which is killed. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class CrashTest {
  @TempDir Path folder;

  @Test
  void killedNodesGraphsGoOnAndItsSuccessorAdoptsThem() throws Exception {
    try (Lab lab = new Lab(folder)) {
      Running first = Running.start(lab);
      lab.call(first.port(), "PUT", "/NF-FG/g1", lab.chain("wire", "wire"));
      String processes = processes(lab, first);
      first.kill();
      assertThat(lab.connected(7000)).isTrue();

      Running second = Running.start(lab);
      assertThat(processes(lab, second)).isEqualTo(processes);
      assertThat(lab.connected(7001)).isTrue();
      assertThat(lab.call(second.port(), "DELETE", "/NF-FG/g1", "").statusCode()).isEqualTo(204);
      second.stop();
      assertThat(lab.traces()).isEmpty();
      assertThat(lab.hasPins()).isFalse();
    }
  }

  @Test
  void oneNodeRunsOnceOnly() throws Exception {
    try (Lab lab = new Lab(folder)) {
      Running first = Running.start(lab);
      Process second = Running.launch(lab, ProcessBuilder.Redirect.PIPE);
      assertThat(second.errorReader().readLine()).contains("another process runs this node");
      assertThat(second.waitFor()).isEqualTo(1);
      first.stop();
    }
  }

  @Test
  void whatALostNodeMadeAndNobodyDesiresIsRemoved() throws Exception {
    try (Lab lab = new Lab(folder)) {
      Running first = Running.start(lab);
      lab.call(first.port(), "PUT", "/NF-FG/g1", lab.chain("wire"));
      first.kill();
      loseTheDatabase();
      Running second = Running.start(lab);
      assertThat(lab.traces()).isEmpty();
      assertThat(lab.connected(7000)).isFalse();
      second.stop();
      assertThat(lab.hasPins()).isFalse();
    }
  }

  @Test
  void afterARebootTheGraphIsMadeAgain() throws Exception {
    try (Lab lab = new Lab(folder)) {
      Running first = Running.start(lab);
      lab.call(first.port(), "PUT", "/NF-FG/g1", lab.chain("wire"));
      String processes = processes(lab, first);
      first.kill();
      loseWhatARebootLoses(lab, processes);
      await().until(() -> !lab.connected(7000));
      Running second = Running.start(lab);
      assertThat(lab.connected(7001)).isTrue();
      lab.call(second.port(), "DELETE", "/NF-FG/g1", "");
      second.stop();
      assertThat(lab.traces()).isEmpty();
    }
  }

  @Test
  @EnabledIf(
      value = "org.universalnode.node.hoststack.DhcpServer#canRun",
      disabledReason = "needs dnsmasq and udhcpc")
  void aKilledNodesDhcpClientGoesOnAndItsSuccessorAdoptsIt(@TempDir Path serverFolder)
      throws Exception {
    try (Lab lab = new Lab(folder);
        DhcpServer server = new DhcpServer(lab.lan, serverFolder)) {
      server.serve();
      Running first = Running.start(lab);
      lab.call(first.port(), "PUT", "/NF-FG/g1", lab.stack("\"configuration\":\"DHCP\""));
      String address = leased(lab, first);
      Set<Integer> clients = dhcpClients(lab);
      first.kill();

      Running second = Running.start(lab);
      assertThat(leased(lab, second)).isEqualTo(address);
      assertThat(dhcpClients(lab)).isEqualTo(clients).hasSize(1);
      assertThat(server.heard()).containsOnlyOnce("DHCPACK");
      lab.call(second.port(), "DELETE", "/NF-FG/g1", "");
      await().until(() -> server.heard().contains("DHCPRELEASE"));
      second.stop();
      assertThat(lab.traces()).isEmpty();
    }
  }

  @Test
  @EnabledIf(
      value = "org.universalnode.node.hoststack.DhcpServer#canRun",
      disabledReason = "needs dnsmasq and udhcpc")
  void aDhcpClientThatNobodyDesiresIsEnded(@TempDir Path serverFolder) throws Exception {
    try (Lab lab = new Lab(folder);
        DhcpServer server = new DhcpServer(lab.lan, serverFolder)) {
      server.serve();
      Running first = Running.start(lab);
      lab.call(first.port(), "PUT", "/NF-FG/g1", lab.stack("\"configuration\":\"DHCP\""));
      leased(lab, first);
      first.kill();
      loseTheDatabase();
      Running second = Running.start(lab);
      assertThat(dhcpClients(lab)).isEmpty();
      await().until(() -> server.heard().contains("DHCPRELEASE"));
      assertThat(lab.traces()).isEmpty();
      second.stop();
    }
  }

  private void loseTheDatabase() {
    for (String file : List.of("node.db", "node.db-wal", "node.db-shm")) {
      assertThat(folder.resolve("state").resolve(file).toFile().delete()).isTrue();
    }
  }

  private static String leased(Lab lab, Running node) {
    await().atMost(Duration.ofSeconds(30)).until(() -> lab.stackStatus(node.port()).has("address"));
    return lab.stackStatus(node.port()).get("address").getAsString();
  }

  /** Processes of udhcpc in whatever cgroup of the node. */
  private static Set<Integer> dhcpClients(Lab lab) {
    String command = "-s\0" + lab.options().state().toAbsolutePath();
    return ProcessHandle.allProcesses()
        .filter(process -> arguments(process.pid()).contains(command))
        .map(process -> Math.toIntExact(process.pid()))
        .collect(Collectors.toSet());
  }

  private static String arguments(long pid) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"));
    } catch (IOException e) {
      return ""; // gone meanwhile
    }
  }

  private static void loseWhatARebootLoses(Lab lab, String processes) {
    long pid = Long.parseLong(processes.replaceAll("\\D", ""));
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    NetworkNamespace.names(lab.options().name() + "-").stream()
        .filter(name -> name.contains("-g1-"))
        .forEach(name -> NetworkNamespace.named(name).delete());
  }

  private static String processes(Lab lab, Running node) {
    String status = lab.call(node.port(), "GET", "/NF-FG/status/g1", "").body();
    StringBuilder found = new StringBuilder();
    JsonParser.parseString(status)
        .getAsJsonObject()
        .getAsJsonArray("functions")
        .forEach(function -> found.append(function.getAsJsonObject().get("processes")));
    assertThat(found.toString()).matches("(\\[\\d+\\])+");
    return found.toString();
  }
}
