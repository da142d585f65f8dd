package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import org.universalnode.switching.openvswitch.openflow.Multipart.Part;
import org.universalnode.switching.openvswitch.openflow.Multipart.Query;

/** The bytes of questions about state and of their answers. */
final class MultipartCodec {
  private static final int DESCRIPTION = 0;
  private static final int FLOWS = 1;
  private static final int PORT_TRAFFIC = 4;
  private static final int PORT_LIST = 13;

  private static final int MORE = 1;
  private static final int TEXT_BYTES = 256;
  private static final int SERIAL_BYTES = 32;

  private MultipartCodec() {}

  static void write(ByteBuffer out, Multipart message) {
    switch (message) {
      case Multipart.Request(Query query) -> {
        writeHeader(out, type(query), 0);
        write(out, query);
      }
      case Multipart.Reply(boolean more, Part part) -> {
        writeHeader(out, type(part), more ? MORE : 0);
        write(out, part);
      }
    }
  }

  private static void writeHeader(ByteBuffer out, int type, int flags) {
    Wire.putU16(out, type);
    Wire.putU16(out, flags);
    Wire.zeros(out, 4);
  }

  private static void write(ByteBuffer out, Query query) {
    switch (query) {
      case Query.Flows flows -> {
        out.putInt(flows.table() << 24).putInt(flows.outPort()).putInt(flows.outGroup()).putInt(0);
        out.putLong(flows.cookie()).putLong(flows.cookieMask());
        flows.match().write(out);
      }
      case Query.PortTraffic(int port) -> out.putInt(port).putInt(0);
      case Query.Description() -> {}
      case Query.PortList() -> {}
      case Query.Unknown(int type, Octets body) -> body.write(out);
    }
  }

  private static void write(ByteBuffer out, Part part) {
    switch (part) {
      case Part.Description about -> {
        Wire.putText(out, about.manufacturer(), TEXT_BYTES);
        Wire.putText(out, about.hardware(), TEXT_BYTES);
        Wire.putText(out, about.software(), TEXT_BYTES);
        Wire.putText(out, about.serial(), SERIAL_BYTES);
        Wire.putText(out, about.datapath(), TEXT_BYTES);
      }
      case Part.Flows flows -> flows.flows().forEach(flow -> FlowCodec.write(out, flow));
      case Part.PortTraffic traffic -> traffic.ports().forEach(port -> PortCodec.write(out, port));
      case Part.PortList ports -> ports.ports().forEach(port -> PortCodec.write(out, port));
      case Part.Unknown(int type, Octets body) -> body.write(out);
    }
  }

  static Multipart.Request readRequest(ByteBuffer in) {
    int type = Wire.u16(in);
    Wire.skip(in, 6);
    return new Multipart.Request(
        switch (type) {
          case DESCRIPTION -> new Query.Description();
          case FLOWS -> readFlows(in);
          case PORT_TRAFFIC -> new Query.PortTraffic(in.getInt());
          case PORT_LIST -> new Query.PortList();
          default -> new Query.Unknown(type, Octets.rest(in));
        });
  }

  private static Query.Flows readFlows(ByteBuffer in) {
    int table = Wire.u8(in);
    Wire.skip(in, 3);
    int outPort = in.getInt();
    int outGroup = in.getInt();
    Wire.skip(in, 4);
    return new Query.Flows(table, outPort, outGroup, in.getLong(), in.getLong(), Match.read(in));
  }

  static Multipart.Reply readReply(ByteBuffer in) {
    int type = Wire.u16(in);
    boolean more = (Wire.u16(in) & MORE) != 0;
    Wire.skip(in, 4);
    return new Multipart.Reply(
        more,
        switch (type) {
          case DESCRIPTION -> readDescription(in);
          case FLOWS -> new Part.Flows(Wire.list(in, FlowCodec::readStats));
          case PORT_TRAFFIC -> new Part.PortTraffic(Wire.list(in, PortCodec::readCounters));
          case PORT_LIST -> new Part.PortList(Wire.list(in, PortCodec::read));
          default -> new Part.Unknown(type, Octets.rest(in));
        });
  }

  private static Part.Description readDescription(ByteBuffer in) {
    return new Part.Description(
        Wire.text(in, TEXT_BYTES),
        Wire.text(in, TEXT_BYTES),
        Wire.text(in, TEXT_BYTES),
        Wire.text(in, SERIAL_BYTES),
        Wire.text(in, TEXT_BYTES));
  }

  private static int type(Query query) {
    return switch (query) {
      case Query.Description about -> DESCRIPTION;
      case Query.Flows flows -> FLOWS;
      case Query.PortTraffic traffic -> PORT_TRAFFIC;
      case Query.PortList ports -> PORT_LIST;
      case Query.Unknown(int type, Octets body) -> type;
    };
  }

  private static int type(Part part) {
    return switch (part) {
      case Part.Description about -> DESCRIPTION;
      case Part.Flows flows -> FLOWS;
      case Part.PortTraffic traffic -> PORT_TRAFFIC;
      case Part.PortList ports -> PORT_LIST;
      case Part.Unknown(int type, Octets body) -> type;
    };
  }
}
