package org.universalnode.switching.openvswitch.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final int CHUNK = 32 * 1024;
  private static final int CHUNKS = 100;

  @Test
  void whoHasMuchToSayWaitsForWhoReads() throws Exception {
    Outbox outbox = new Outbox();
    AtomicInteger put = new AtomicInteger();
    Thread writer = Thread.ofVirtual().start(() -> fill(outbox, put));
    int most = Outbox.MOST / CHUNK + 1;
    await().until(() -> writer.getState() == Thread.State.WAITING && put.get() == most);
    Pipe pipe = Pipe.open();
    CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> drain(outbox, pipe.sink()));
    ByteBuffer read = ByteBuffer.allocate(CHUNKS * CHUNK);
    while (read.hasRemaining()) {
      pipe.source().read(read);
    }
    assertThat(writer.join(Duration.ofSeconds(10))).isTrue();
    outbox.close();
    assertThat(drained).succeedsWithin(Duration.ofSeconds(10));
    for (int i = 0; i < CHUNKS; i++) {
      assertThat(read.get(i * CHUNK)).isEqualTo((byte) i);
    }
  }

  @Test
  void answersDoNotWaitButHaveAnEnd() {
    Outbox outbox = new Outbox();
    int accepted = 0;
    while (accepted < CHUNKS && outbox.offer(ByteBuffer.allocate(CHUNK))) {
      accepted++;
    }
    assertThat(accepted).isBetween(Outbox.MOST / CHUNK, CHUNKS - 1);
  }

  @Test
  void whoWaitsIsReleasedWhenItIsClosed() {
    Outbox outbox = new Outbox();
    AtomicInteger put = new AtomicInteger();
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> fill(outbox, put));
    await().until(() -> put.get() > Outbox.MOST / CHUNK);
    outbox.close();
    assertThat(writer).succeedsWithin(Duration.ofSeconds(10));
    assertThat(put.get()).isLessThan(CHUNKS);
  }

  /** Until closed. */
  private static void fill(Outbox outbox, AtomicInteger put) {
    try {
      for (int i = 0; i < CHUNKS; i++) {
        if (!outbox.put(ByteBuffer.allocate(CHUNK).put(0, (byte) i))) {
          return;
        }
        put.incrementAndGet();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void drain(Outbox outbox, Pipe.SinkChannel channel) {
    try {
      outbox.drain(channel);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
