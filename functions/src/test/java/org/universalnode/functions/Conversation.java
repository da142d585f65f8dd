package org.universalnode.functions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.universalnode.testbed.Host;

/**
 * Question and answer by UDP, one after the other and without a pause, until it is closed: a packet
 * that is lost either way is a question without answer.
 */
final class Conversation implements AutoCloseable {
  private final DatagramChannel asking;
  private final DatagramChannel answering;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final Thread asker;
  private final Thread answerer;
  private volatile boolean ended;

  Conversation(Host from, Host to, String address, int port) {
    this.asking = from.udp(port);
    this.answering = to.udp(port);
    this.answerer = Thread.ofPlatform().start(this::answer);
    this.asker = Thread.ofPlatform().start(() -> ask(address, port));
  }

  int answered() {
    return answered.get();
  }

  int lost() {
    return lost.get();
  }

  @Override
  public void close() {
    ended = true;
    try (asking) {
      asker.join();
      answering.close();
      answerer.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ask(String address, int port) {
    for (int i = 0; !ended; i++) {
      String question = String.valueOf(i);
      Host.send(asking, question, address, port);
      Optional<String> answer = Host.receive(asking);
      (answer.equals(Optional.of(question)) ? answered : lost).incrementAndGet();
    }
  }

  private void answer() {
    ByteBuffer packet = ByteBuffer.allocate(64);
    try {
      while (true) {
        SocketAddress from = answering.receive(packet.clear());
        answering.send(packet.flip(), from);
      }
    } catch (ClosedChannelException e) {
      // the end of the conversation
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
