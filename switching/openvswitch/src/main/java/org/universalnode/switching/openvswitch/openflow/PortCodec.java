package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.MacAddress;
import org.universalnode.switching.openvswitch.openflow.PortCounters.Faults;
import org.universalnode.switching.openvswitch.openflow.PortCounters.Traffic;

/** The bytes of what is about ports. */
final class PortCodec {
  private static final int NAME_BYTES = 16;
  private static final int MAC_BYTES = 6;

  private PortCodec() {}

  static void write(ByteBuffer out, Port port) {
    out.putInt(port.number());
    Wire.zeros(out, 4);
    Wire.putBits(out, Bits.of(port.address().bits()), MAC_BYTES);
    Wire.zeros(out, 2);
    Wire.putText(out, port.name(), NAME_BYTES);
    out.putInt(port.config());
    out.putInt(port.state());
    Port.Ethernet ethernet = port.ethernet();
    out.putInt(ethernet.current()).putInt(ethernet.advertised());
    out.putInt(ethernet.supported()).putInt(ethernet.peer());
    out.putInt(ethernet.speed()).putInt(ethernet.maxSpeed());
  }

  static Port read(ByteBuffer in) {
    int number = in.getInt();
    Wire.skip(in, 4);
    MacAddress address = new MacAddress(Wire.bits(in, MAC_BYTES).low());
    Wire.skip(in, 2);
    String name = Wire.text(in, NAME_BYTES);
    int config = in.getInt();
    int state = in.getInt();
    return new Port(number, address, name, config, state, readEthernet(in));
  }

  private static Port.Ethernet readEthernet(ByteBuffer in) {
    return new Port.Ethernet(
        in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getInt());
  }

  static void write(ByteBuffer out, PortCounters counters) {
    Traffic received = counters.received();
    Traffic sent = counters.sent();
    Faults faults = counters.faults();
    out.putInt(counters.port());
    Wire.zeros(out, 4);
    out.putLong(received.packets()).putLong(sent.packets());
    out.putLong(received.bytes()).putLong(sent.bytes());
    out.putLong(received.dropped()).putLong(sent.dropped());
    out.putLong(received.errors()).putLong(sent.errors());
    out.putLong(faults.frame()).putLong(faults.overrun());
    out.putLong(faults.crc()).putLong(faults.collisions());
    Wire.putAge(out, counters.age());
  }

  static PortCounters readCounters(ByteBuffer in) {
    int port = in.getInt();
    Wire.skip(in, 4);
    long[] numbers = new long[8];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.getLong();
    }
    Faults faults = new Faults(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    return new PortCounters(port, traffic(numbers, 0), traffic(numbers, 1), faults, Wire.age(in));
  }

  /** Each number of what was received is followed by that of what was sent. */
  private static Traffic traffic(long[] numbers, int from) {
    return new Traffic(numbers[from], numbers[from + 2], numbers[from + 4], numbers[from + 6]);
  }
}
