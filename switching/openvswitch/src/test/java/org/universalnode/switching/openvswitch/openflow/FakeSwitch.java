package org.universalnode.switching.openvswitch.openflow;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A switch that does what a test wants, also wrong things. */
final class FakeSwitch implements AutoCloseable {
  private final SocketChannel channel;
  private final MessageReader reader;

  private FakeSwitch(SocketChannel channel) {
    this.channel = channel;
    this.reader = new MessageReader(channel);
  }

  /** One that has said nothing yet. */
  static FakeSwitch connect(SocketAddress controller) throws IOException {
    return new FakeSwitch(SocketChannel.open(controller));
  }

  /** One that has said who it is. */
  static FakeSwitch connect(SocketAddress controller, long datapath) throws IOException {
    FakeSwitch fake = connect(controller);
    fake.send(new Envelope(1, new Message.Hello(1 << 4)));
    fake.receive();
    Envelope question = fake.receive();
    Message features = new Message.FeaturesReply(datapath, 0, 254, 0, 0);
    fake.send(new Envelope(question.transaction(), features));
    return fake;
  }

  void send(Envelope envelope) throws IOException {
    send(MessageBuffer.of(envelope));
  }

  void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  Envelope receive() throws IOException {
    return MessageCodec.read(reader.next());
  }

  /** Receives up to a message that ends a bundle of changes, whose number it has. */
  Envelope receiveUpTo(Bundle.Step step) throws IOException {
    while (true) {
      Envelope next = receive();
      if (next.message() instanceof Bundle.Control control && control.step() == step) {
        return next;
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
