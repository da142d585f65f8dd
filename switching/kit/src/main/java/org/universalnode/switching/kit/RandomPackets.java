package org.universalnode.switching.kit;

import java.util.List;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpProtocol;
import org.universalnode.switching.reference.FrameWriter;

/** Writes IP packets of all kinds. */
final class RandomPackets {
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final List<Integer> EXTENSIONS = List.of(0, 43, FRAGMENT, AUTHENTICATION, 60);

  private final Draw draw;
  private final Pool pool;
  private final FrameKnobs knobs;

  RandomPackets(Draw draw, FrameKnobs knobs) {
    this.draw = draw;
    this.pool = new Pool(draw);
    this.knobs = knobs;
  }

  void ipv4(FrameWriter writer) {
    int protocol = protocol(IpProtocol.ICMPV6);
    byte[] transport = transport(protocol);
    int options = knobs.extensions() && draw.onceIn(3) ? draw.upTo(10) : 0;
    int words = knobs.damaged() && draw.onceIn(8) ? draw.upTo(15) : 5 + options;
    writer.numbers(1, 0x40 | words, trafficClass());
    writer.numbers(2, 4 * (5 + options) + transport.length, 0, fragment());
    writer.numbers(1, 64, protocol).numbers(2, checksum());
    writer.numbers(4, pool.number(HeaderField.IPV4_SOURCE), pool.number(HeaderField.IPV4_DEST));
    writer.bytes(draw.bytes(4 * options)).bytes(transport);
  }

  void ipv6(FrameWriter writer) {
    int protocol = protocol(IpProtocol.ICMP);
    FrameWriter extensions = new FrameWriter();
    int first = extensions(extensions, protocol);
    byte[] transport = transport(protocol);
    long label = pool.number(HeaderField.IPV6_FLOW_LABEL);
    writer.numbers(4, 6L << 28 | (long) trafficClass() << 20 | label);
    writer.numbers(2, extensions.size() + transport.length).numbers(1, first, 64);
    writer.wide(pool.value(HeaderField.IPV6_SOURCE), pool.value(HeaderField.IPV6_DEST));
    writer.bytes(extensions.written()).bytes(transport);
  }

  /** Any, but that of ICMP in the other IP version only if damage is allowed. */
  private int protocol(int foreign) {
    int drawn = (int) pool.number(HeaderField.PROTOCOL);
    boolean extension = EXTENSIONS.contains(drawn);
    return !knobs.damaged() && (drawn == foreign || extension) ? IpProtocol.TCP : drawn;
  }

  private int trafficClass() {
    return (int) (pool.number(HeaderField.IP_DSCP) << 2 | pool.number(HeaderField.IP_ECN));
  }

  private int fragment() {
    if (!knobs.fragments() || !draw.onceIn(4)) {
      return 0x4000;
    }
    return draw.onceIn(3) ? MORE_FRAGMENTS : draw.upTo(0x3fff);
  }

  /** The number of the first, or of what follows if there is none. */
  private int extensions(FrameWriter writer, int protocol) {
    int most = knobs.damaged() && draw.onceIn(8) ? 8 : 3;
    int count = knobs.extensions() && draw.onceIn(3) ? 1 + draw.upTo(most - 1) : 0;
    int[] kinds = new int[count + 1];
    for (int i = 0; i < count; i++) {
      kinds[i] = extension();
    }
    kinds[count] = protocol;
    for (int i = 0; i < count; i++) {
      extension(writer, kinds[i], kinds[i + 1]);
    }
    return kinds[0];
  }

  private int extension() {
    int kind = draw.any(EXTENSIONS);
    return kind == FRAGMENT && !knobs.fragments() ? 60 : kind;
  }

  private void extension(FrameWriter writer, int kind, int next) {
    int length = draw.upTo(2);
    writer.numbers(1, next);
    switch (kind) {
      case FRAGMENT ->
          writer
              .numbers(1, 0)
              .numbers(2, draw.onceIn(2) ? draw.upTo(1) : draw.bits(16).low())
              .numbers(4, 7);
      case AUTHENTICATION -> writer.numbers(1, 1 + length).bytes(draw.bytes(4 * (length + 3) - 2));
      default -> writer.numbers(1, length).bytes(draw.bytes(8 * (length + 1) - 2));
    }
  }

  private byte[] transport(int protocol) {
    FrameWriter writer = new FrameWriter();
    switch (protocol) {
      case IpProtocol.TCP -> {
        ports(writer).bytes(draw.bytes(8));
        writer.numbers(2, 0x5018, 512, checksum(), 0);
        data(writer);
      }
      case IpProtocol.UDP -> {
        int data = draw.upTo(9);
        ports(writer).numbers(2, 8 + data, checksum()).bytes(draw.bytes(data));
      }
      case IpProtocol.SCTP -> data(ports(writer).bytes(draw.bytes(8)));
      case IpProtocol.ICMP -> {
        long type = pool.number(HeaderField.ICMPV4_TYPE);
        writer.numbers(1, type, pool.number(HeaderField.ICMPV4_CODE));
        data(writer.numbers(2, checksum()).bytes(draw.bytes(4)));
      }
      case IpProtocol.ICMPV6 -> icmpv6(writer);
      default -> data(writer);
    }
    return writer.written();
  }

  private FrameWriter ports(FrameWriter writer) {
    return writer.numbers(
        2, pool.number(HeaderField.SOURCE_PORT), pool.number(HeaderField.DEST_PORT));
  }

  private void icmpv6(FrameWriter writer) {
    int type = (int) pool.number(HeaderField.ICMPV6_TYPE);
    writer.numbers(1, type, pool.number(HeaderField.ICMPV6_CODE));
    writer.numbers(2, checksum()).bytes(draw.bytes(4));
    if (type != 135 && type != 136) {
      data(writer);
      return;
    }
    writer.wide(pool.value(HeaderField.ND_TARGET));
    for (int options = draw.upTo(5); options > 0; options--) {
      option(writer, draw.onceIn(3) ? 14 : type - 134);
    }
  }

  private void option(FrameWriter writer, int kind) {
    boolean lies = knobs.damaged() && draw.onceIn(4);
    int length = lies ? 0 : 1 + draw.upTo(1);
    writer.numbers(1, draw.onceIn(6) ? 3 - kind : kind, length);
    writer.numbers(6, pool.number(HeaderField.ND_SOURCE_MAC));
    writer.bytes(draw.bytes(8 * Math.max(0, length - 1)));
  }

  private void data(FrameWriter writer) {
    writer.bytes(draw.bytes(draw.upTo(9)));
  }

  /** As wrong ones are; right ones are written later. */
  private int checksum() {
    return draw.onceIn(3) ? 0 : draw.upTo(0xfffe);
  }
}
