package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import java.util.List;
import org.universalnode.switching.openvswitch.openflow.Message.BarrierReply;
import org.universalnode.switching.openvswitch.openflow.Message.BarrierRequest;
import org.universalnode.switching.openvswitch.openflow.Message.EchoReply;
import org.universalnode.switching.openvswitch.openflow.Message.EchoRequest;
import org.universalnode.switching.openvswitch.openflow.Message.FeaturesReply;
import org.universalnode.switching.openvswitch.openflow.Message.FeaturesRequest;
import org.universalnode.switching.openvswitch.openflow.Message.GetConfigReply;
import org.universalnode.switching.openvswitch.openflow.Message.GetConfigRequest;
import org.universalnode.switching.openvswitch.openflow.Message.Hello;
import org.universalnode.switching.openvswitch.openflow.Message.PacketIn;
import org.universalnode.switching.openvswitch.openflow.Message.PacketOut;
import org.universalnode.switching.openvswitch.openflow.Message.Plain;
import org.universalnode.switching.openvswitch.openflow.Message.PortStatus;
import org.universalnode.switching.openvswitch.openflow.Message.Refusal;
import org.universalnode.switching.openvswitch.openflow.Message.SetConfig;

/** The bodies of the messages that have few fields. */
final class PlainCodec {
  private PlainCodec() {}

  static void write(ByteBuffer out, Plain message) {
    switch (message) {
      case Hello hello -> HelloCodec.write(out, hello);
      case Refusal(ErrorCode code, Octets data) -> {
        ErrorCode.write(out, code);
        data.write(out);
      }
      case EchoRequest(Octets data) -> data.write(out);
      case EchoReply(Octets data) -> data.write(out);
      case FeaturesReply reply -> write(out, reply);
      case GetConfigReply(int flags, int missBytes) -> writeConfig(out, flags, missBytes);
      case SetConfig(int flags, int missBytes) -> writeConfig(out, flags, missBytes);
      case PacketIn packet -> write(out, packet);
      case PacketOut packet -> write(out, packet);
      case PortStatus(PortStatus.Change change, Port port) -> {
        Wire.putU8(out, change.number());
        Wire.zeros(out, 7);
        PortCodec.write(out, port);
      }
      case Message.Unknown(int type, Octets body) -> body.write(out);
      case FeaturesRequest() -> {}
      case GetConfigRequest() -> {}
      case BarrierRequest() -> {}
      case BarrierReply() -> {}
    }
  }

  private static void write(ByteBuffer out, FeaturesReply reply) {
    out.putLong(reply.datapath());
    out.putInt(reply.buffers());
    Wire.putU8(out, reply.tables());
    Wire.putU8(out, reply.auxiliary());
    Wire.zeros(out, 2);
    out.putInt(reply.capabilities());
    Wire.zeros(out, 4);
  }

  private static void writeConfig(ByteBuffer out, int flags, int missBytes) {
    Wire.putU16(out, flags);
    Wire.putU16(out, missBytes);
  }

  private static void write(ByteBuffer out, PacketIn packet) {
    out.putInt(packet.buffer());
    Wire.putU16(out, packet.size());
    Wire.putU8(out, packet.reason());
    Wire.putU8(out, packet.table());
    out.putLong(packet.cookie());
    packet.match().write(out);
    Wire.zeros(out, 2);
    packet.frame().write(out);
  }

  private static void write(ByteBuffer out, PacketOut packet) {
    out.putInt(packet.buffer());
    out.putInt(packet.inPort());
    int length = out.position();
    Wire.zeros(out, 8);
    ActionCodec.write(out, packet.actions());
    out.putShort(length, (short) (out.position() - length - 8));
    packet.frame().write(out);
  }

  static Plain read(int type, ByteBuffer in) {
    return switch (type) {
      case MessageType.ERROR -> new Refusal(ErrorCode.read(in), Octets.rest(in));
      case MessageType.ECHO_REQUEST -> new EchoRequest(Octets.rest(in));
      case MessageType.ECHO_REPLY -> new EchoReply(Octets.rest(in));
      case MessageType.FEATURES_REQUEST -> new FeaturesRequest();
      case MessageType.FEATURES_REPLY -> readFeatures(in);
      case MessageType.GET_CONFIG_REQUEST -> new GetConfigRequest();
      case MessageType.GET_CONFIG_REPLY -> new GetConfigReply(Wire.u16(in), Wire.u16(in));
      case MessageType.SET_CONFIG -> new SetConfig(Wire.u16(in), Wire.u16(in));
      case MessageType.PACKET_IN -> readPacketIn(in);
      case MessageType.PORT_STATUS -> readPortStatus(in);
      case MessageType.PACKET_OUT -> readPacketOut(in);
      case MessageType.BARRIER_REQUEST -> new BarrierRequest();
      case MessageType.BARRIER_REPLY -> new BarrierReply();
      default -> new Message.Unknown(type, Octets.rest(in));
    };
  }

  private static FeaturesReply readFeatures(ByteBuffer in) {
    long datapath = in.getLong();
    int buffers = in.getInt();
    int tables = Wire.u8(in);
    int auxiliary = Wire.u8(in);
    Wire.skip(in, 2);
    return new FeaturesReply(datapath, buffers, tables, auxiliary, in.getInt());
  }

  private static PacketIn readPacketIn(ByteBuffer in) {
    int buffer = in.getInt();
    int size = Wire.u16(in);
    int reason = Wire.u8(in);
    int table = Wire.u8(in);
    long cookie = in.getLong();
    Match match = Match.read(in);
    Wire.skip(in, 2);
    return new PacketIn(buffer, size, reason, table, cookie, match, Octets.rest(in));
  }

  private static PacketOut readPacketOut(ByteBuffer in) {
    int buffer = in.getInt();
    int inPort = in.getInt();
    int length = Wire.u16(in);
    Wire.skip(in, 6);
    List<Action> actions = ActionCodec.readAll(Wire.slice(in, length));
    return new PacketOut(buffer, inPort, actions, Octets.rest(in));
  }

  private static PortStatus readPortStatus(ByteBuffer in) {
    int change = Wire.u8(in);
    Wire.skip(in, 7);
    return new PortStatus(
        Wire.constant(PortStatus.Change.values(), PortStatus.Change::number, change),
        PortCodec.read(in));
  }
}
