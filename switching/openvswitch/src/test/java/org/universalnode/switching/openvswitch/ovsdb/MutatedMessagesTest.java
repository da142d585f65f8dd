package org.universalnode.switching.openvswitch.ovsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.universalnode.switching.openvswitch.ovsdb.OpenVswitchTables.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.universalnode.problem.ProblemException;
import org.universalnode.switching.openvswitch.ovsdb.FakeServer.Conversation;

/** Messages with bytes changed, lost, doubled: refused or understood, and never more than that. */
class MutatedMessagesTest {
  private static final String RESULT =
      """
      {"id": 3, "error": null, "result": [{"count": 1}, {"rows": [{"_uuid":
        ["uuid", "36bef046-7da7-43a5-905a-c17899216fcb"], "name": "x", "n": ["set", [1, 2.5]]}]},
        {"uuid": ["uuid", "36bef046-7da7-43a5-905a-c17899216fcb"]}, {}]}
      """;
  private static final List<Operation> OPERATIONS =
      List.of(
          new Operation.Delete("Bridge", List.of()),
          new Operation.Select("Bridge", List.of(), List.of("name", "n")),
          new Operation.Insert("Bridge", Map.of()),
          new Operation.Comment("c"));

  @Test
  void readersThrowNothingButProblems() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int understood = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] mutant = mutant(random, List.of(RESULT, FakeServer.UPDATE).get(i % 2));
      understood += read(mutant, "seed " + seed + ", case " + i);
    }
    assertThat(understood).as("understood of seed %d", seed).isBetween(500, 19_500);
  }

  @Test
  void noConnectionHangs() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Duration soon = Duration.ofMillis(20);
    Limits limits = new Limits(1 << 16, 4, Duration.ofSeconds(1), soon, soon, soon);
    AtomicInteger opened = new AtomicInteger();
    Conversation mutated =
        peer -> {
          byte[] schema;
          byte[] rows;
          synchronized (random) {
            schema =
                random.nextInt(4) == 0
                    ? mutant(random, FakeServer.SCHEMA)
                    : bytes(FakeServer.SCHEMA);
            rows = mutant(random, FakeServer.ROWS + FakeServer.UPDATE);
          }
          peer.next();
          peer.send(schema);
          peer.next();
          peer.send(rows);
          while (true) {
            peer.next();
          }
        };
    try (FakeServer server = new FakeServer(mutated)) {
      for (int i = 0; i < 200; i++) {
        long began = System.nanoTime();
        try (Database database = Database.open(settings(server.socket(), limits), Listener.NONE)) {
          opened.incrementAndGet();
          database.transact(new Operation.Comment("x"));
        } catch (ProblemException e) {
          assertThat(e.first().nextStep()).as("seed %d: %s", seed, e).isNotEmpty();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .as("seed %d, case %d", seed, i)
            .isLessThan(Duration.ofSeconds(4));
      }
    }
    assertThat(opened).as("seed %d", seed).hasPositiveValue().hasValueLessThan(200);
  }

  private static int read(byte[] mutant, String which) {
    try {
      new Framer(1 << 16).take(ByteBuffer.wrap(mutant), MutatedMessagesTest::read);
      return 1;
    } catch (ProblemException e) {
      return 0;
    } catch (RuntimeException e) {
      throw new AssertionError(which + ": " + new String(mutant, StandardCharsets.UTF_8), e);
    }
  }

  private static void read(String text) {
    switch (Message.read(text)) {
      case Message.Response(var id, Reply reply) -> {
        Decoder.whole(id);
        new OutcomeReader(OPERATIONS).read(reply);
      }
      case Message.Notification told when told.params().size() == 2 ->
          Snapshot.EMPTY.with(Decoder.updates(told.params().get(1)));
      case Message.Notification _ -> {}
      case Message.Request _ -> {}
    }
  }

  private static byte[] mutant(Random random, String text) {
    byte[] bytes = bytes(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(bytes.length - at, 1 + random.nextInt(20));
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "{}[],:\"0 \\n".charAt(random.nextInt(11));
        case 2 -> bytes = joined(bytes, 0, at, at + length, bytes.length);
        case 3 -> bytes = joined(bytes, 0, at + length, at, bytes.length);
        default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int from, int to, int again, int end) {
    byte[] result = Arrays.copyOf(Arrays.copyOfRange(bytes, from, to), to - from + end - again);
    System.arraycopy(bytes, again, result, to - from, end - again);
    return result.length == 0 ? new byte[] {' '} : result;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
