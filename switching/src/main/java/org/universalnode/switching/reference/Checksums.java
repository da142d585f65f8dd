package org.universalnode.switching.reference;

import java.nio.ByteBuffer;
import org.universalnode.nffg.EtherType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpProtocol;
import org.universalnode.switching.reference.Headers.Layout;

/**
 * The Internet checksum of RFC 1071: mended by a difference, or calculated anew.
 *
 * <p>Differences are sums of 16-bit words, the old ones complemented. What they give is what the
 * kernel's {@code bpf_l3_csum_replace} and {@code bpf_l4_csum_replace} write, the latter with
 * {@code BPF_F_MARK_MANGLED_0} for UDP.
 */
final class Checksums {
  private static final int NONE = -1;
  private static final int IPV4_CHECKSUM = 10;

  private Checksums() {}

  /** What taking these bytes away adds to the sum; an even number of them. */
  static int without(ByteBuffer frame, int at, int bytes) {
    int sum = 0;
    for (int i = at; i < at + bytes; i += 2) {
      sum += ~frame.getShort(i) & 0xffff;
    }
    return sum;
  }

  /** The sum of these bytes, of which an odd last one is the upper half of a word. */
  static int sum(ByteBuffer frame, int at, int bytes) {
    int sum = 0;
    for (int i = at; i < at + bytes - 1; i += 2) {
      sum += frame.getShort(i) & 0xffff;
    }
    return bytes % 2 == 0 ? sum : sum + ((frame.get(at + bytes - 1) & 0xff) << 8);
  }

  static void mendIpv4(ByteBuffer frame, Headers headers, int difference) {
    mend(frame, headers.layout().payload() + IPV4_CHECKSUM, difference);
  }

  /** Of that part of the frame that the transport checksum is about. */
  static void mendTransport(ByteBuffer frame, Headers headers, int difference) {
    int offset = headers.layout().transport() == 0 ? NONE : offset(headers);
    int at = headers.layout().transport() + offset;
    if (offset == NONE || at + 2 > frame.limit() || isLeftOut(frame, at, headers)) {
      return;
    }
    mend(frame, at, difference);
    sayThatThereIsOne(frame, at, headers);
  }

  static Frame complete(Frame frame) {
    Headers headers = frame.headers();
    ByteBuffer bytes = ByteBuffer.wrap(frame.bytes());
    if (headers.has(HeaderField.IPV4_SOURCE)) {
      completeIpv4(bytes, headers.layout());
    }
    completeTransport(bytes, headers);
    return Frame.owning(bytes.array(), headers.tags());
  }

  /** Adding 0xffff, a zero of this arithmetic, keeps the sum from 0 and the result from 0xffff. */
  private static void mend(ByteBuffer frame, int at, int difference) {
    write(frame, at, 0xffff + (~frame.getShort(at) & 0xffff) + difference);
  }

  private static void write(ByteBuffer frame, int at, int sum) {
    int folded = (sum & 0xffff) + (sum >>> 16);
    frame.putShort(at, (short) ~((folded & 0xffff) + (folded >>> 16)));
  }

  /** From the transport header to its checksum, if addresses and ports are part of it. */
  private static int offset(Headers headers) {
    return switch ((int) headers.number(HeaderField.PROTOCOL)) {
      case IpProtocol.TCP -> 16;
      case IpProtocol.UDP -> 6;
      case IpProtocol.ICMPV6 -> headers.number(HeaderField.ETHER_TYPE) == EtherType.IPV6 ? 2 : NONE;
      default -> NONE;
    };
  }

  private static boolean isLeftOut(ByteBuffer frame, int at, Headers headers) {
    return isUdp(headers) && frame.getShort(at) == 0;
  }

  private static void sayThatThereIsOne(ByteBuffer frame, int at, Headers headers) {
    if (isLeftOut(frame, at, headers)) {
      frame.putShort(at, (short) 0xffff);
    }
  }

  private static boolean isUdp(Headers headers) {
    return headers.number(HeaderField.PROTOCOL) == IpProtocol.UDP;
  }

  private static void completeIpv4(ByteBuffer frame, Layout layout) {
    int at = layout.payload();
    int bytes = 4 * (frame.get(at) & 15);
    if (bytes < 20 || at + bytes > frame.limit()) {
      return;
    }
    frame.putShort(at + IPV4_CHECKSUM, (short) 0);
    write(frame, at + IPV4_CHECKSUM, sum(frame, at, bytes));
  }

  private static void completeTransport(ByteBuffer frame, Headers headers) {
    int at = headers.layout().transport();
    int bytes = at == 0 ? NONE : transportBytes(frame, headers);
    boolean icmp = headers.has(HeaderField.ICMPV4_TYPE);
    int offset = icmp ? 2 : offset(headers);
    if (offset == NONE || bytes < offset + 2 || at + bytes > frame.limit()) {
      return;
    }
    frame.putShort(at + offset, (short) 0);
    int sum = sum(frame, at, bytes) + (icmp ? 0 : pseudoHeader(frame, headers, bytes));
    write(frame, at + offset, sum);
    sayThatThereIsOne(frame, at + offset, headers);
  }

  /** What the IP header says; {@link #NONE} in a fragment, whose rest is elsewhere. */
  private static int transportBytes(ByteBuffer frame, Headers headers) {
    Layout layout = headers.layout();
    int at = layout.payload();
    if (layout.fragment()) {
      return NONE;
    }
    int end =
        headers.has(HeaderField.IPV6_SOURCE)
            ? at + HeaderReader.IPV6 + (frame.getShort(at + 4) & 0xffff)
            : at + (frame.getShort(at + 2) & 0xffff);
    return end - layout.transport();
  }

  private static int pseudoHeader(ByteBuffer frame, Headers headers, int bytes) {
    int at = headers.layout().payload();
    int addresses =
        headers.has(HeaderField.IPV6_SOURCE) ? sum(frame, at + 8, 32) : sum(frame, at + 12, 8);
    return addresses + (int) headers.number(HeaderField.PROTOCOL) + bytes;
  }
}
