package org.universalnode.switching.openvswitch.openflow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.universalnode.problem.Problem;
import org.universalnode.problem.ProblemException;
import org.universalnode.problem.Result;
import org.universalnode.switching.openvswitch.openflow.Message.EchoReply;
import org.universalnode.switching.openvswitch.openflow.Message.EchoRequest;

/**
 * One connection of a switch: bytes become messages, answers find their questions, signs of life
 * are answered. One thread receives, any may send.
 */
final class Connection {
  private static final System.Logger LOG = System.getLogger(Connection.class.getName());

  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final SocketChannel channel;
  private final MessageReader reader;
  private final Outbox outbox = new Outbox();
  private final Transactions transactions = new Transactions();
  private final AtomicReference<Optional<Problem>> end = new AtomicReference<>(Optional.empty());
  private final LifeSigns lifeSigns;

  Connection(SocketChannel channel, Limits limits) {
    this.channel = channel;
    this.reader = new MessageReader(channel);
    this.lifeSigns = new LifeSigns(limits);
    Thread.ofVirtual().name("openflow writer").start(this::write);
  }

  /** Waits for the next message that is neither a sign of life nor awaited by somebody. */
  Envelope receive() throws IOException {
    while (true) {
      ByteBuffer bytes = reader.next();
      lifeSigns.heard();
      boolean isAnswer = MessageType.isAnswer(Byte.toUnsignedInt(bytes.get(1)));
      int number = bytes.getInt(4);
      Result<Envelope> received = Result.of(() -> MessageCodec.read(bytes));
      if (!isAnswer || !transactions.answer(number, received)) {
        Optional<Envelope> unasked = withoutLifeSigns(received);
        if (unasked.isPresent()) {
          return unasked.get();
        }
      }
    }
  }

  private Optional<Envelope> withoutLifeSigns(Result<Envelope> received) {
    return switch (received) {
      case Result.Failed<Envelope>(Problem problem) -> {
        LOG.log(System.Logger.Level.WARNING, "left out: " + problem);
        yield Optional.empty();
      }
      case Result.Done<Envelope>(Envelope envelope) ->
          switch (envelope.message()) {
            case EchoRequest(Octets data) -> {
              answer(new Envelope(envelope.transaction(), new EchoReply(data)));
              yield Optional.empty();
            }
            case EchoReply reply -> Optional.empty();
            default -> Optional.of(envelope);
          };
    };
  }

  /** Sends what the switch waits for, without waiting; a switch that does not read is gone. */
  void answer(Envelope envelope) {
    if (!outbox.offer(MessageBuffer.of(envelope))) {
      close(Problem.of(Problem.Code.TIMEOUT, "the switch asks and does not read the answers"));
    }
  }

  /** Sends what is the last that the switch hears of us. */
  void say(Envelope lastWord) {
    answer(lastWord);
    try {
      outbox.awaitWritten(LAST_WORDS);
    } catch (InterruptedException e) {
      throw Transaction.interrupted();
    }
  }

  /**
   * Sends messages when there is room for them.
   *
   * @throws ProblemException if the connection is closed
   */
  void send(ByteBuffer messages) {
    try {
      if (!outbox.put(messages)) {
        throw end.get().orElseGet(Connection::closedByUs).asException();
      }
    } catch (InterruptedException e) {
      throw Transaction.interrupted();
    }
  }

  /** Takes numbers for questions. */
  Transaction begin(int count) {
    return transactions.begin(count);
  }

  /** It has said which datapath it is. */
  void greeted() {
    lifeSigns.greeted();
  }

  /** To be called now and then: asks a silent switch whether it lives, and ends a dead one. */
  void watch() {
    switch (lifeSigns.check()) {
      case LIVES -> {}
      case SILENT -> answer(new Envelope(0, new EchoRequest(Octets.NONE)));
      case DEAD ->
          close(
              Problem.of(Problem.Code.TIMEOUT, "the switch has said nothing for too long")
                  .next("see whether ovs-vswitchd runs"));
    }
  }

  private void write() {
    try {
      outbox.drain(channel);
    } catch (IOException e) {
      close(lost(e));
    } catch (InterruptedException e) {
      close(closedByUs());
    }
  }

  /** Ends it; the first reason counts, which is the answer to all open questions. */
  void close(Problem why) {
    if (!end.compareAndSet(Optional.empty(), Optional.of(why))) {
      return;
    }
    transactions.close(why);
    outbox.close();
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "while closing a connection", e);
    }
  }

  /** Why it ended; {@code otherwise} if it has not. */
  Problem end(Problem otherwise) {
    return end.get().orElse(otherwise);
  }

  static Problem lost(IOException cause) {
    return Problem.of(Problem.Code.KERNEL, "the connection of the switch is lost: " + cause)
        .next("see whether ovs-vswitchd runs; it connects again by itself");
  }

  static Problem closedByUs() {
    return Problem.of(Problem.Code.INTERNAL, "the connection of the switch has been closed");
  }
}
