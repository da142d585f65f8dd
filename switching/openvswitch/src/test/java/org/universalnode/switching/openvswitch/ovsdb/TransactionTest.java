package org.universalnode.switching.openvswitch.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.MARK;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.ROOT;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.addBridge;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.addPort;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.deleteBridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.universalnode.problem.Problem.Code;
import org.universalnode.testbed.PrivateOpenVswitch;

/** Transactions with a real ovsdb-server. */
class TransactionTest {
  private final PrivateOpenVswitch ovs = PrivateOpenVswitch.databaseOnly();
  private final Database database = OpenVswitchTables.open(ovs.socket());

  @AfterEach
  void stop() {
    database.close();
    ovs.close();
  }

  @Test
  void aBridgeWithItsPortIsMadeAtOnceAndFoundByItsMark() {
    List<OperationResult> results = database.transact(addBridge("br0")).orThrow();
    assertThat(results.getFirst()).isEqualTo(new OperationResult.Passed());
    UUID made = ((OperationResult.Inserted) results.get(3)).id();
    assertThat(results.getLast()).isEqualTo(new OperationResult.Changed(1));

    assertThat(ovs.vsctl("get", "bridge", "br0", "_uuid").strip()).isEqualTo(made.toString());
    assertThat(ovs.vsctl("br-get-external-id", "br0")).isEqualTo("owner=test\n");
    assertThat(database.snapshot().bearing("Bridge", "external_ids", MARK))
        .extracting(Row::id)
        .containsExactly(made);
  }

  @Test
  void aPortIsAddedToABridgeThatIsNotReadBefore() {
    database.transact(addBridge("br0")).orThrow();
    database.transact(addPort("br0", "p1", "")).orThrow();
    database.transact(addPort("br0", "p2", "")).orThrow();
    assertThat(ovs.vsctl("list-ports", "br0")).isEqualTo("p1\np2\n");
  }

  @Test
  void aDeletedBridgeTakesPortsAndInterfacesAlong() {
    database.transact(addBridge("br0")).orThrow();
    database.transact(addPort("br0", "p1", "")).orThrow();
    Row bridge = database.snapshot().rows("Bridge").iterator().next();
    database.transact(deleteBridge(bridge)).orThrow();
    assertThat(database.snapshot().rows("Bridge")).isEmpty();
    assertThat(database.snapshot().rows("Port")).isEmpty();
    assertThat(ovs.vsctl("list", "interface")).isEmpty();
  }

  @Test
  void rowsAreSelectedUpdatedAndDeletedByCondition() {
    database.transact(addBridge("br0")).orThrow();
    database.transact(addBridge("br1")).orThrow();
    List<Condition> one = List.of(Condition.equal("name", "br1"));
    List<Condition> ours = List.of(Condition.includes("external_ids", MARK));
    List<OperationResult> results =
        database
            .transact(
                new Operation.Update("Bridge", one, Map.of("fail_mode", Value.of("secure"))),
                new Operation.Select("Bridge", one, List.of("name", "fail_mode")),
                new Operation.Select("Bridge", ours, List.of("name")),
                new Operation.Comment("two bridges"))
            .orThrow();
    assertThat(results.getFirst()).isEqualTo(new OperationResult.Changed(1));
    Row selected = ((OperationResult.Selected) results.get(1)).rows().getFirst();
    assertThat(selected.text("fail_mode")).isEqualTo("secure");
    assertThat(((OperationResult.Selected) results.get(2)).rows())
        .extracting(row -> row.text("name"))
        .containsExactlyInAnyOrder("br0", "br1");
    assertThat(ovs.vsctl("get-fail-mode", "br1")).isEqualTo("secure\n");

    Operation.Delete gone = new Operation.Delete("Bridge", List.of(Condition.is(selected.id())));
    assertThat(refused(database.transact(gone)).refusal()).isEqualTo(Refusal.REFERENCE);
  }

  @Test
  void aGuardThatDoesNotHoldRefusesEverything() {
    database.transact(addBridge("br0")).orThrow();
    Outcome.Refused again = refused(database.transact(addBridge("br0")));
    assertThat(again.refusal()).isEqualTo(Refusal.TIMED_OUT);
    assertThat(again.operation()).isEqualTo(OptionalInt.of(0));
    assertThat(again.problem().detail()).startsWith("operation 1 of 5, wait for Bridge: ");
    assertThat(again.problem().nextStep()).isNotEmpty();
    assertThat(ovs.vsctl("list-br")).isEqualTo("br0\n");
    assertThat(refused(database.transact(addPort("br9", "p", ""))).operation()).hasValue(0);
  }

  @Test
  void aWaitIsFulfilledByWhoeverComesLater() {
    Operation.Wait wait =
        new Operation.Wait(
            "Bridge",
            List.of(Condition.equal("name", "late")),
            List.of("name"),
            true,
            List.of(Map.of("name", Value.of("late"))),
            Duration.ofSeconds(20));
    CompletableFuture<Outcome> waiting =
        CompletableFuture.supplyAsync(() -> database.transact(wait), Thread::startVirtualThread);
    database.transact(new Operation.Comment("others go on meanwhile")).orThrow();
    assertThat(waiting).isNotDone();
    ovs.vsctl("add-br", "late");
    assertThat(waiting.join().orThrow()).containsExactly(new OperationResult.Passed());
  }

  @Test
  void aViolatedConstraintIsReportedForTheOperationOrTheCommit() {
    Operation wrong =
        new Operation.Insert(
            "Bridge", Map.of("name", Value.of("x"), "fail_mode", Value.of("half")));
    Outcome.Refused value = refused(database.transact(new Operation.Comment("c"), wrong));
    assertThat(value.refusal()).isEqualTo(Refusal.CONSTRAINT);
    assertThat(value.operation()).hasValue(1);
    assertThat(value.problem().code()).isEqualTo(Code.CONFLICT);
    assertThat(value.problem().detail()).contains("insert into Bridge", "half");

    List<Operation> twice = new ArrayList<>(addBridge("br0"));
    twice.add(
        new Operation.Insert(
                "Port", Map.of("name", Value.of("lone"), "interfaces", Value.newRow("itf")))
            .as("p2"));
    twice.add(
        new Operation.Mutate(
            "Bridge", Operation.EVERY_ROW, List.of(Mutation.insert("ports", Value.newRow("p2")))));
    database.transact(twice).orThrow();
    Outcome.Refused index = refused(database.transact(addBridge("br0").subList(1, 5)));
    assertThat(index.refusal()).isEqualTo(Refusal.CONSTRAINT);
    assertThat(index.operation()).isEmpty();
    assertThat(index.problem().detail()).startsWith("the commit: ").contains("br0");
  }

  @Test
  void aReferenceToNoRowIsRefused() {
    Value nobody = Value.of(UUID.randomUUID());
    Operation lost =
        new Operation.Mutate(
            ROOT, Operation.EVERY_ROW, List.of(Mutation.insert("bridges", nobody)));
    Outcome.Refused refused = refused(database.transact(lost));
    assertThat(refused.refusal()).isEqualTo(Refusal.REFERENCE);
    assertThatThrownBy(() -> refused.orThrow()).hasMessageContaining("referential integrity");
  }

  @Test
  void anAbortedTransactionDoesNothing() {
    List<Operation> tried = new ArrayList<>(addBridge("br0"));
    tried.add(new Operation.Abort());
    Outcome.Refused refused = refused(database.transact(tried));
    assertThat(refused.refusal()).isEqualTo(Refusal.ABORTED);
    assertThat(refused.operation()).hasValue(5);
    assertThat(ovs.vsctl("list-br")).isEmpty();
  }

  @Test
  void whatTheSchemaDoesNotHaveIsNamed() {
    Outcome.Refused column =
        refused(database.transact(new Operation.Insert("Bridge", Map.of("nme", Value.of("x")))));
    assertThat(column.refusal()).isEqualTo(Refusal.UNKNOWN_COLUMN);
    assertThat(column.problem().detail()).contains("nme");
    Outcome.Refused table = refused(database.transact(new Operation.Delete("Brdge", List.of())));
    assertThat(table.problem().detail()).contains("Brdge");
  }

  @Test
  void transactionsOfManyThreadsAllHappen() {
    database.transact(addBridge("br0")).orThrow();
    List<CompletableFuture<Outcome>> all =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> database.transact(addPort("br0", "p" + i, "")),
                        Thread::startVirtualThread))
            .toList();
    all.forEach(each -> each.join().orThrow());
    assertThat(ovs.vsctl("list-ports", "br0").lines()).hasSize(40);
  }

  @Test
  void ofTwoThatWantTheSameNameOneWins() {
    List<CompletableFuture<Outcome>> both =
        IntStream.range(0, 2)
            .mapToObj(
                _ ->
                    CompletableFuture.supplyAsync(
                        () -> database.transact(addBridge("br0")), Thread::startVirtualThread))
            .toList();
    assertThat(both.stream().map(CompletableFuture::join))
        .extracting(outcome -> outcome instanceof Outcome.Committed)
        .containsExactlyInAnyOrder(true, false);
  }

  @Test
  void aTransactionBeyondTheLimitIsNotSent() {
    Operation.Comment huge = new Operation.Comment("x".repeat(2 << 20));
    Outcome outcome = database.transact(huge);
    assertThat(outcome).isInstanceOf(Outcome.NotSent.class);
    assertThatThrownBy(outcome::orThrow).hasMessageContaining("was not sent");
    database.transact(new Operation.Comment("the connection stands")).orThrow();
  }

  private static Outcome.Refused refused(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return (Outcome.Refused) outcome;
  }
}
