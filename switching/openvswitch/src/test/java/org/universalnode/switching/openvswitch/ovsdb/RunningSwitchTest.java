package org.universalnode.switching.openvswitch.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.MARK;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.ROOT;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.addBridge;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.addPort;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.deleteBridge;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.universalnode.linux.NetworkNamespace;
import org.universalnode.testbed.PrivateOpenVswitch;

/** What ovs-vswitchd makes of our transactions, as the database tells. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "needs root")
class RunningSwitchTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final long LOCAL = 65534;

  private final NetworkNamespace namespace =
      NetworkNamespace.create("odb" + ProcessHandle.current().pid() + "x" + System.nanoTime());
  private final PrivateOpenVswitch ovs = PrivateOpenVswitch.in(namespace);
  private final Database database = OpenVswitchTables.open(ovs.socket());

  @AfterEach
  void stop() {
    database.close();
    ovs.close();
    namespace.delete();
  }

  @Test
  void aBridgeOfOneTransactionIsTakenOver() {
    taken(addBridge("br0"));
    assertThat(port("br0")).contains(LOCAL);
    assertThat(ovs.managementSocket("br0")).exists();
    assertThat(ovs.ofctl("show", "br0")).contains("LOCAL(br0)");

    taken(addPort("br0", "p1", "internal"));
    assertThat(port("p1")).contains(1L);
    assertThat(ovs.ofctl("show", "br0")).contains("1(p1)");

    Row bridge = database.snapshot().bearing("Bridge", "external_ids", MARK).getFirst();
    taken(deleteBridge(bridge));
    assertThat(Files.exists(ovs.managementSocket("br0"))).isFalse();
    assertThat(database.snapshot().rows("Interface")).isEmpty();
  }

  @Test
  void whatTheSwitchCannotMakeHasAnError() {
    taken(addBridge("br0"));
    database.transact(addPort("br0", "absent0", "")).orThrow();
    String error =
        database.await(
            "error of absent0",
            LONG,
            snapshot -> itf(snapshot, "absent0").flatMap(row -> row.optionalText("error")));
    assertThat(error).contains("absent0");
    assertThat(port("absent0")).contains(-1L);
  }

  @Test
  void aKilledSwitchTakesOverWhenItComesBack() {
    taken(addBridge("br0"));
    ovs.killSwitch();
    long wanted = wanted(addPort("br0", "p1", "internal"));
    ovs.startSwitch();
    awaitTaken(wanted);
    assertThat(port("p1")).contains(1L);
  }

  @Test
  void aKilledDatabaseIsFoundAgainByBothOfUs() {
    taken(addBridge("br0"));
    ovs.killDatabase();
    ovs.startDatabase();
    database.await("the bridge", LONG, snapshot -> itf(snapshot, "br0"));
    taken(addPort("br0", "p1", "internal"));
    assertThat(port("p1")).contains(1L);
  }

  private void taken(List<Operation> operations) {
    awaitTaken(wanted(operations));
  }

  /** The number of the configuration that these make. */
  private long wanted(List<Operation> operations) {
    List<Operation> all = new ArrayList<>(operations);
    all.add(new Operation.Mutate(ROOT, List.of(), List.of(Mutation.add("next_cfg", 1))));
    all.add(new Operation.Select(ROOT, List.of(), List.of("next_cfg")));
    OperationResult last = database.transact(all).orThrow().getLast();
    Row root = ((OperationResult.Selected) last).rows().getFirst();
    return root.whole("next_cfg").orElseThrow();
  }

  private void awaitTaken(long wanted) {
    database.await(
        "configuration " + wanted,
        LONG,
        snapshot ->
            snapshot.rows(ROOT).stream()
                .flatMap(row -> row.whole("cur_cfg").stream())
                .filter(now -> now >= wanted)
                .findFirst());
  }

  private Optional<Long> port(String name) {
    return itf(database.snapshot(), name).flatMap(row -> row.whole("ofport"));
  }

  private static Optional<Row> itf(Snapshot snapshot, String name) {
    return snapshot.rows("Interface", "name", Value.of(name)).stream().findFirst();
  }
}
