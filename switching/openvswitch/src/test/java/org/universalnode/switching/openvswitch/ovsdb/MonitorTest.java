package org.universalnode.switching.openvswitch.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.LIMITS;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.addBridge;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.addPort;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.settings;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import org.universalnode.testbed.PrivateOpenVswitch;

/** The picture of a real ovsdb-server's tables, through what happens to it. */
class MonitorTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final PrivateOpenVswitch ovs = PrivateOpenVswitch.databaseOnly();
  private final Events events = new Events();
  private final Database database = Database.open(settings(ovs.socket(), LIMITS), events);

  @AfterEach
  void stop() {
    database.close();
    ovs.close();
  }

  @Test
  void whatOthersDoIsSeen() {
    ovs.vsctl("add-br", "br0");
    assertThat(bridges("br0")).isEqualTo("br0");
    ovs.vsctl("br-set-external-id", "br0", "owner", "other");
    Row marked =
        awaited(
            snapshot ->
                first(snapshot, "Bridge").filter(row -> !row.map("external_ids").isEmpty()));
    assertThat(marked.map("external_ids")).containsEntry("owner", "other");
    assertThat(marked.text("name")).isEqualTo("br0");
    ovs.vsctl("del-br", "br0");
    assertThat(bridges("")).isEmpty();
    assertThat(events.names()).startsWith("connected", "changed").doesNotContain("disconnected");
  }

  @Test
  void whatThisSideDidIsInTheSnapshotAtOnce() {
    database.transact(addBridge("br0")).orThrow();
    for (int i = 0; i < 200; i++) {
      database.transact(addPort("br0", "p" + i, "")).orThrow();
      assertThat(database.snapshot().rows("Port")).hasSize(i + 2);
    }
  }

  @Test
  void whatDoesNotHappenInTimeIsSaid() {
    assertThatThrownBy(
            () -> database.await("bridge x", Duration.ofMillis(50), _ -> Optional.empty()))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.first().code()).isEqualTo(Code.TIMEOUT))
        .hasMessageContaining("bridge x");
  }

  @Test
  void afterAKilledServerThePictureIsMadeAnew() {
    database.transact(addBridge("gone")).orThrow();
    database.transact(addBridge("kept")).orThrow();
    ovs.killDatabase();
    await().until(() -> events.names().contains("disconnected"));
    assertThatThrownBy(database::snapshot).hasMessageContaining(ovs.socket().toString());
    assertThat(database.transact(addBridge("br1"))).isInstanceOf(Outcome.NotSent.class);

    ovs.transactOffline(
        """
        ["Open_vSwitch", {"op": "update", "table": "Open_vSwitch", "where": [],
          "row": {"bridges": ["set", []]}},
         {"op": "insert", "table": "Bridge", "row": {"name": "new"}, "uuid-name": "b"},
         {"op": "mutate", "table": "Open_vSwitch", "where": [],
          "mutations": [["bridges", "insert", ["named-uuid", "b"]]]}]
        """);
    ovs.startDatabase();
    assertThat(bridges("new")).isEqualTo("new");
    database.transact(addBridge("br1")).orThrow();
    assertThat(events.names().stream().filter(name -> !name.equals("changed")))
        .containsExactly("connected", "disconnected", "connected");
  }

  @Test
  void aServerThatStandsStillIsNoticedAndFoundAgain() throws IOException, InterruptedException {
    Limits quick = new Limits(1 << 20, 8, LONG, Duration.ofMillis(200), Duration.ofMillis(5), LONG);
    Events heard = new Events();
    try (Database watched = Database.open(settings(ovs.socket(), quick), heard)) {
      signal("STOP");
      await().until(() -> heard.names().contains("disconnected"));
      assertThat(heard.causes().getFirst().code()).isEqualTo(Code.TIMEOUT);
      signal("CONT");
      watched.await("connection", LONG, Optional::of);
    } finally {
      signal("CONT");
    }
  }

  @Test
  void anIdleConnectionIsKeptByEchoes() throws InterruptedException {
    Limits quick = new Limits(1 << 20, 8, LONG, Duration.ofMillis(500), Duration.ofMillis(5), LONG);
    Events heard = new Events();
    try (Database watched = Database.open(settings(ovs.socket(), quick), heard)) {
      Thread.sleep(1_800);
      assertThat(watched.snapshot().rows("Open_vSwitch")).hasSize(1);
      assertThat(heard.names()).containsExactly("connected");
    }
  }

  /** One who does not answer the server's probes loses the connection: the first keeps it. */
  @Test
  void theServersProbesAreAnswered() throws IOException {
    Path socket = ovs.folder().resolve("probing.sock");
    ovs.databaseAppctl("ovsdb-server/add-remote", "db:Open_vSwitch,Open_vSwitch,manager_options");
    ovs.vsctl(
        "set-manager", "punix:" + socket, "--", "set", "manager", ".", "inactivity_probe=1000");
    await().until(() -> Files.exists(socket));
    Events heard = new Events();
    try (Database watched = Database.open(settings(socket, LIMITS), heard);
        SocketChannel mute = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ByteBuffer received = ByteBuffer.allocate(1000);
      while (mute.read(received) >= 0) {
        assertThat(received.hasRemaining()).isTrue();
      }
      String text = new String(received.array(), 0, received.position(), StandardCharsets.UTF_8);
      assertThat(text).contains("\"echo\"");
      watched.transact(new Operation.Comment("still here")).orThrow();
      assertThat(heard.names()).doesNotContain("disconnected");
    }
  }

  @Test
  void closingEndsThoseWhoWait() {
    var waiting =
        CompletableFuture.supplyAsync(
            () -> database.await("nothing", LONG, _ -> Optional.empty()),
            Thread::startVirtualThread);
    database.close();
    assertThatThrownBy(waiting::join).hasRootCauseInstanceOf(ProblemException.class);
    assertThat(database.transact(addBridge("br0"))).isInstanceOf(Outcome.NotSent.class);
    assertThat(events.names()).endsWith("disconnected");
  }

  private void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(ovs.processes().getFirst().pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  /** Waits until those and no others are there. */
  private String bridges(String names) {
    return awaited(
        snapshot ->
            Optional.of(
                    String.join(
                        " ",
                        snapshot.rows("Bridge").stream().map(row -> row.text("name")).toList()))
                .filter(names::equals));
  }

  private <T> T awaited(Function<Snapshot, Optional<T>> condition) {
    return database.await("the change", LONG, condition);
  }

  private static Optional<Row> first(Snapshot snapshot, String table) {
    return List.copyOf(snapshot.rows(table)).stream().findFirst();
  }
}
