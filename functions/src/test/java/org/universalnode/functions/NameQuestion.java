package org.universalnode.functions;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.universalnode.testbed.Host;

/** Questions of a host to a name server for the IPv4 addresses of names (RFC 1035 section 4). */
record NameQuestion(Host host, String server) {
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int HEADER_BYTES = 12;
  private static final short RECURSION_DESIRED = 0x0100;
  private static final short TYPE_A = 1;
  private static final short CLASS_INTERNET = 1;
  private static final int NAME_ERROR = 3;
  private static final int SILENCE = -1;

  /**
   * What the server says.
   *
   * @param code the response code; negative if there is no answer in time
   */
  record Answer(int code, List<String> addresses) {
    boolean isAnswered() {
      return code == 0 && !addresses.isEmpty();
    }

    boolean saysThereIsNoSuchName() {
      return code == NAME_ERROR;
    }

    boolean isSilence() {
      return code == SILENCE;
    }
  }

  static NameQuestion by(Host host) {
    return new NameQuestion(host, "");
  }

  NameQuestion to(String address) {
    return new NameQuestion(host, address);
  }

  Answer about(String name) {
    byte[] question = question(name);
    try (DatagramChannel channel = host.namespace().call(DatagramChannel::open)) {
      channel.connect(new InetSocketAddress(InetAddress.getByName(server), 53));
      channel.write(ByteBuffer.wrap(question));
      DatagramPacket packet = new DatagramPacket(new byte[512], 512);
      channel.socket().setSoTimeout(PATIENCE_MILLIS);
      channel.socket().receive(packet);
      return read(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()), question.length);
    } catch (SocketTimeoutException | PortUnreachableException e) {
      return new Answer(SILENCE, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks by TCP, where a length of two bytes goes before question and answer. */
  Answer byTcpAbout(String name) {
    byte[] question = question(name);
    try (SocketChannel channel = host.namespace().call(SocketChannel::open)) {
      Socket socket = channel.socket();
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(server, 53), PATIENCE_MILLIS);
      ByteBuffer packet = ByteBuffer.allocate(2 + question.length);
      channel.write(packet.putShort((short) question.length).put(question).flip());
      DataInputStream answer = new DataInputStream(socket.getInputStream());
      byte[] bytes = answer.readNBytes(answer.readUnsignedShort());
      return read(ByteBuffer.wrap(bytes), question.length);
    } catch (SocketTimeoutException | ConnectException e) {
      return new Answer(SILENCE, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] question(String name) {
    ByteBuffer packet = ByteBuffer.allocate(512);
    packet.putShort((short) 1).putShort(RECURSION_DESIRED).putShort((short) 1);
    packet.position(HEADER_BYTES);
    for (String label : name.split("\\.", -1)) {
      packet.put((byte) label.length()).put(label.getBytes(US_ASCII));
    }
    packet.put((byte) 0).putShort(TYPE_A).putShort(CLASS_INTERNET);
    byte[] bytes = new byte[packet.position()];
    packet.flip().get(bytes);
    return bytes;
  }

  /** The records follow the question, each with a name that is a pointer of two bytes. */
  private static Answer read(ByteBuffer packet, int questionBytes) throws IOException {
    int code = packet.getShort(2) & 0xf;
    int count = packet.getShort(6);
    packet.position(questionBytes);
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      short type = packet.position(packet.position() + 2).getShort();
      byte[] data = new byte[packet.position(packet.position() + 6).getShort()];
      packet.get(data);
      if (type == TYPE_A) {
        addresses.add(InetAddress.getByAddress(data).getHostAddress());
      }
    }
    return new Answer(code, addresses);
  }
}
