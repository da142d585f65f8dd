package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.universalnode.nffg.Bits;

/**
 * Which frames a flow is about, OpenFlow 1.3.5 section 7.2.3.
 *
 * @param fields those of the standard first, by number, then others: an order in which each follows
 *     those that it needs
 */
public record Match(List<OxmTlv> fields) {
  /** OFPMT_OXM; the other type is deprecated. */
  private static final int OXM = 1;

  /** OFPXMC_OPENFLOW_BASIC, above the number of a field. */
  private static final int STANDARD = 0x8000 << 7;

  private static final Comparator<OxmTlv> ORDER = Comparator.comparingInt(Match::rank);

  /** Every frame. */
  public static final Match ANY = new Match(List.of());

  public Match {
    fields = fields.stream().sorted(ORDER).toList();
  }

  public Match with(OxmTlv... more) {
    return new Match(Stream.concat(fields.stream(), Stream.of(more)).toList());
  }

  /** The same, asking for this value of that field too. */
  public Match with(Oxm oxm, long value) {
    return with(oxm.exact(value));
  }

  /** The same, asking for these bits of that field too. */
  public Match with(Oxm oxm, long value, long mask) {
    return with(new OxmTlv.Field(oxm, Bits.of(value), Bits.of(mask)));
  }

  void write(ByteBuffer out) {
    int start = out.position();
    Wire.putU16(out, OXM);
    Wire.putU16(out, 0);
    fields.forEach(tlv -> OxmTlv.write(out, tlv));
    Wire.length(out, start);
    Wire.pad(out, start);
  }

  /** The match and the zeros that fill it up to eight bytes. */
  static Match read(ByteBuffer in) {
    int type = Wire.u16(in);
    int length = Wire.u16(in);
    if (type != OXM) {
      throw Wire.malformed("a match of type " + type);
    }
    ByteBuffer fields = Wire.structure(in, length);
    Wire.skip(in, -length & 7);
    List<OxmTlv> list = new ArrayList<>();
    while (fields.hasRemaining()) {
      list.add(OxmTlv.read(fields));
    }
    return new Match(list);
  }

  private static int rank(OxmTlv tlv) {
    return switch (tlv) {
      case OxmTlv.Field field -> field.oxm().type() ^ STANDARD;
      case OxmTlv.Unknown unknown -> (unknown.header() >>> 1) ^ STANDARD;
    };
  }

  @Override
  public String toString() {
    return fields.stream().map(OxmTlv::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
