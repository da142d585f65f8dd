package org.universalnode.switching.openvswitch.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.LIMITS;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.openvswitch.ovsdb.FakeServer.Conversation;
import org.universalnode.switching.openvswitch.ovsdb.FakeServer.Peer;

class BrokenServerTest {
  private static final Operation HELLO = new Operation.Comment("hello");

  /** Notices a silent server soon, and gives up on a request soon. */
  private static final Limits HASTY =
      new Limits(
          1 << 16,
          2,
          Duration.ofMillis(300),
          Duration.ofMillis(100),
          Duration.ofMillis(5),
          Duration.ofMillis(20));

  @Test
  void nobodyListens() {
    assertThat(problem(Path.of("/tmp/no-such-socket")).code()).isEqualTo(Code.KERNEL);
    assertThat(problem(Path.of("/tmp/no-such-socket")).message())
        .contains("/tmp/no-such-socket", "see that ovsdb-server runs");
  }

  @Test
  void garbageIsNoDatabase() {
    assertThat(opened(peer -> peer.send("HTTP/1.1 400 Bad Request\r\n\r\n")).code())
        .isEqualTo(Code.INVALID_DOCUMENT);
    assertThat(opened(peer -> peer.send("{\"id\": 1, \"result\": {,}}")).code())
        .isEqualTo(Code.INVALID_DOCUMENT);
    assertThat(opened(peer -> peer.send("{\"id\": 7, \"result\": {}}")).detail())
        .contains("not asked: 7");
    assertThat(opened(peer -> peer.send("{\"id\": 1}")).code()).isEqualTo(Code.INVALID_DOCUMENT);
    assertThat(opened(peer -> peer.send(FakeServer.UPDATE)).code())
        .isEqualTo(Code.INVALID_DOCUMENT);
  }

  @Test
  void anErrorInsteadOfASchemaIsSaid() {
    String error = "{\"id\": 1, \"result\": null, \"error\": \"unknown database\"}";
    Problem said = opened(peer -> peer.send(error));
    assertThat(said.code()).isEqualTo(Code.UNSUPPORTED);
    assertThat(said.message()).contains("unknown database");
  }

  @Test
  void aSchemaOfAnotherTimeIsRefused() {
    Problem version = opened(peer -> peer.send(FakeServer.SCHEMA.replace("8.3.1", "7.16.1")));
    assertThat(version.code()).isEqualTo(Code.UNSUPPORTED);
    assertThat(version.message()).contains("7.16.1", "version 8");
    Problem column = opened(peer -> peer.send(FakeServer.SCHEMA.replace("ofport", "port")));
    assertThat(column.detail()).contains("no column ofport in table Interface");
    Problem table = opened(peer -> peer.send(FakeServer.SCHEMA.replace("\"Port\"", "\"P\"")));
    assertThat(table.detail()).contains("no table Port");
  }

  @Test
  void halfAMessageIsNone() {
    String half = FakeServer.SCHEMA.substring(0, 100);
    assertThat(opened(peer -> peer.send(half)).code()).isEqualTo(Code.KERNEL);
    Problem silence =
        opened(
            peer -> {
              peer.send(half);
              while (true) {
                peer.next();
              }
            });
    assertThat(silence.code()).isEqualTo(Code.TIMEOUT);
  }

  @Test
  void aMessageWithoutEndIsCutOffAtTheLimit() {
    AtomicLong sent = new AtomicLong();
    CountDownLatch cut = new CountDownLatch(1);
    byte[] part = new byte[1 << 16];
    Arrays.fill(part, (byte) 'x');
    Problem problem =
        opened(
            peer -> {
              peer.send("{\"id\": 1, \"result\": \"");
              try {
                for (int i = 0; i < 100 << 4; i++) {
                  peer.send(part);
                  sent.addAndGet(part.length);
                }
              } finally {
                cut.countDown();
              }
            });
    assertThat(problem.code()).isEqualTo(Code.LIMIT);
    await().until(() -> cut.getCount() == 0);
    assertThat(sent).hasValueLessThan(2 << 20);
  }

  @Test
  void aTransactionUnderWayWhenTheServerDiesHasAnUnknownOutcome() throws IOException {
    Events events = new Events();
    Conversation once =
        peer -> {
          peer.greet();
          peer.next();
        };
    try (FakeServer server = new FakeServer(once);
        Database database = Database.open(settings(server.socket(), LIMITS), events)) {
      Outcome outcome = database.transact(HELLO);
      assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
      assertThatThrownBy(outcome::orThrow).hasMessageContaining("outcome is unknown");
      assertThat(database.await("connection", LIMITS.request(), Optional::of).rows("Bridge"))
          .hasSize(1);
      await()
          .untilAsserted(
              () ->
                  assertThat(events.names()).startsWith("connected", "disconnected", "connected"));
    }
  }

  @Test
  void aServerThatComesBackBrokenIsTriedUntilItIsWell() throws IOException {
    AtomicInteger times = new AtomicInteger();
    Conversation recovering =
        peer -> {
          switch (times.incrementAndGet()) {
            case 1 -> peer.greet();
            case 2 -> peer.send("garbage");
            case 3 -> {
              peer.next();
              peer.send(FakeServer.SCHEMA.replace("8.3.1", "9.0.0"));
              peer.next();
            }
            case 4 -> {
              peer.next();
              peer.send(FakeServer.SCHEMA.substring(0, 50));
              nextBut(peer, "echo");
            }
            default -> {
              peer.greet();
              answerEchoes(peer);
            }
          }
        };
    Duration soon = Duration.ofMillis(300);
    Duration pause = Duration.ofMillis(5);
    Limits limits = new Limits(1 << 16, 2, Duration.ofSeconds(5), soon, pause, pause);
    Events events = new Events();
    try (FakeServer server = new FakeServer(recovering);
        Database database = Database.open(settings(server.socket(), limits), events)) {
      await().until(() -> events.names().contains("disconnected"));
      database.await("connection", Duration.ofSeconds(10), Optional::of);
      assertThat(times).hasValueGreaterThanOrEqualTo(5);
      await().until(() -> events.names().size() == 3);
      assertThat(events.names()).containsExactly("connected", "disconnected", "connected");
    }
  }

  @Test
  void aTransactionWithoutAnswerIsCancelledAndTheConnectionStays() throws IOException {
    CompletableFuture<String> cancelled = new CompletableFuture<>();
    Conversation late =
        peer -> {
          peer.greet();
          String asked = peer.next();
          cancelled.complete(peer.next());
          peer.send("{\"id\": 3, \"result\": null, \"error\": \"canceled\"}");
          answer(peer, peer.next());
          assertThat(asked).contains("transact");
          peer.next();
        };
    Duration pause = Duration.ofMillis(5);
    Limits limits =
        new Limits(1 << 16, 2, Duration.ofMillis(400), Duration.ofMinutes(1), pause, pause);
    Events events = new Events();
    try (FakeServer server = new FakeServer(late);
        Database database = Database.open(settings(server.socket(), limits), events)) {
      Outcome.Unknown outcome = (Outcome.Unknown) database.transact(HELLO);
      assertThat(outcome.problem().code()).isEqualTo(Code.TIMEOUT);
      assertThat(cancelled.join()).isEqualTo("{\"method\":\"cancel\",\"params\":[3],\"id\":null}");
      assertThat(database.transact(HELLO)).isInstanceOf(Outcome.Committed.class);
      assertThat(events.names()).containsExactly("connected");
    }
  }

  @Test
  void anAnswerThatSaysNothingLeavesTheOutcomeUnknown() throws IOException {
    Conversation odd =
        peer -> {
          peer.greet();
          while (true) {
            String asked = peer.next();
            String id = asked.replaceAll(".*\"id\":(\\d+).*", "$1");
            peer.send("{\"id\": " + id + ", \"result\": [{}, {}, 5]}");
          }
        };
    try (FakeServer server = new FakeServer(odd);
        Database database = OpenVswitchTables.open(server.socket())) {
      assertThat(database.transact(HELLO)).isInstanceOf(Outcome.Unknown.class);
      assertThat(database.transact(HELLO, HELLO, HELLO)).isInstanceOf(Outcome.Unknown.class);
    }
  }

  @Test
  void noMoreRequestsThanTheLimitAreOutstanding() throws IOException {
    CountDownLatch enough = new CountDownLatch(1);
    Conversation mute =
        peer -> {
          peer.greet();
          nextBut(peer, "echo");
          nextBut(peer, "echo");
          enough.countDown();
          nextBut(peer, "echo");
        };
    try (FakeServer server = new FakeServer(mute);
        Database database = Database.open(settings(server.socket(), patient()), Listener.NONE)) {
      List<CompletableFuture<Outcome>> two =
          List.of(transactLater(database), transactLater(database));
      await().until(() -> enough.getCount() == 0);
      Outcome.NotSent third = (Outcome.NotSent) database.transact(HELLO);
      assertThat(third.problem().code()).isEqualTo(Code.LIMIT);
      database.close();
      assertThat(two)
          .extracting(CompletableFuture::join)
          .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class));
    }
  }

  @Test
  void whatASilentServerIsAskedIsAnEcho() throws IOException {
    CompletableFuture<String> probe = new CompletableFuture<>();
    Events events = new Events();
    Conversation silent =
        peer -> {
          peer.greet();
          probe.complete(peer.next());
          peer.next();
        };
    try (FakeServer server = new FakeServer(silent);
        Database database = Database.open(settings(server.socket(), HASTY), events)) {
      assertThat(probe.join()).isEqualTo("{\"method\":\"echo\",\"params\":[],\"id\":3}");
      await().until(() -> events.names().contains("disconnected"));
      assertThat(events.causes().getFirst().detail()).containsPattern("was silent for \\d+ ms");
      await().until(() -> server.connections() > 1);
      database.close();
    }
  }

  @Test
  void theServerMayAskForAnEchoOnly() throws IOException {
    CompletableFuture<List<String>> answers = new CompletableFuture<>();
    Conversation asking =
        peer -> {
          peer.greet();
          peer.send("{\"id\": \"e\", \"method\": \"echo\", \"params\": [1]}");
          peer.send("{\"id\": [2], \"method\": \"steal\", \"params\": []}");
          answers.complete(List.of(peer.next(), peer.next()));
          peer.next();
        };
    try (FakeServer server = new FakeServer(asking);
        Database database = OpenVswitchTables.open(server.socket())) {
      assertThat(answers.join())
          .containsExactly(
              "{\"result\":[1],\"error\":null,\"id\":\"e\"}",
              "{\"result\":null,\"error\":\"unknown method\",\"id\":[2]}");
      assertThat(database.snapshot().rows("Bridge")).hasSize(1);
    }
  }

  @Test
  void whatWasNotAskedForEndsTheConnection() throws IOException {
    Events events = new Events();
    Conversation converted =
        peer -> {
          peer.greet();
          peer.send("{\"id\": null, \"method\": \"monitor_canceled\", \"params\": [\"x\"]}");
          peer.next();
        };
    try (FakeServer server = new FakeServer(converted);
        Database _ = Database.open(settings(server.socket(), LIMITS), events)) {
      await().until(() -> events.names().contains("disconnected"));
      assertThat(events.causes().getFirst().detail()).contains("monitor_canceled");
    }
  }

  @Test
  void aListenerMayNeitherBlockTheReaderNorBreakIt() throws IOException {
    CompletableFuture<RuntimeException> refusal = new CompletableFuture<>();
    CompletableFuture<Database> opened = new CompletableFuture<>();
    Listener rash = new Rash(opened, refusal);
    Conversation updating =
        peer -> {
          peer.greet();
          opened.join();
          peer.send(FakeServer.UPDATE);
          answer(peer, peer.next());
          peer.next();
        };
    try (FakeServer server = new FakeServer(updating);
        Database database = Database.open(settings(server.socket(), LIMITS), rash)) {
      opened.complete(database);
      assertThat(refusal.join()).isInstanceOf(IllegalStateException.class);
      assertThat(database.transact(HELLO)).isInstanceOf(Outcome.Committed.class);
      assertThat(database.snapshot().rows("Bridge", "name", Value.of("br1"))).hasSize(1);
    }
  }

  private record Rash(CompletableFuture<Database> opened, CompletableFuture<RuntimeException> told)
      implements Listener {
    @Override
    public void connected(Snapshot snapshot) {}

    @Override
    public void changed(Snapshot snapshot) {
      Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
      try {
        opened.join().transact(HELLO);
      } catch (RuntimeException e) {
        told.complete(e);
        throw e;
      }
    }

    @Override
    public void disconnected(Problem cause) {}
  }

  private static CompletableFuture<Outcome> transactLater(Database database) {
    return CompletableFuture.supplyAsync(
        () -> database.transact(HELLO), Thread::startVirtualThread);
  }

  private static Limits patient() {
    Duration minute = Duration.ofMinutes(1);
    return new Limits(1 << 16, 2, minute, minute, Duration.ofMillis(5), minute);
  }

  /** Answers a transaction of one comment. */
  private static void answer(Peer peer, String asked) throws IOException {
    String id = asked.replaceAll(".*\"id\":(\\d+).*", "$1");
    peer.send("{\"id\": " + id + ", \"result\": [{}], \"error\": null}");
  }

  private static void answerEchoes(Peer peer) throws IOException {
    while (true) {
      answer(peer, peer.next());
    }
  }

  /** The next message with another method; those with it are answered. */
  private static String nextBut(Peer peer, String method) throws IOException {
    String next = peer.next();
    while (next.contains("\"" + method + "\"")) {
      answer(peer, next);
      next = peer.next();
    }
    return next;
  }

  /** Why a connection does not come about to a server that talks so after the first request. */
  private static Problem opened(Conversation conversation) {
    Conversation asked =
        peer -> {
          peer.next();
          conversation.talk(peer);
        };
    try (FakeServer server = new FakeServer(asked)) {
      return problem(server.socket());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Problem problem(Path socket) {
    try (Database database = Database.open(settings(socket, HASTY), Listener.NONE)) {
      throw new AssertionError("opened: " + database.snapshot());
    } catch (ProblemException e) {
      return e.first();
    }
  }
}
