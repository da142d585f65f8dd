package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.universalnode.nffg.Bits;

/** What a match asks of one field, OpenFlow 1.3.5 section 7.2.3.2. */
public sealed interface OxmTlv {

  /**
   * A field that we know.
   *
   * @param value zero where the mask is
   * @param mask the bits that count
   */
  record Field(Oxm oxm, Bits value, Bits mask) implements OxmTlv {
    public Field {
      mask = mask.and(oxm.mask());
      value = value.and(mask);
    }

    public boolean isExact() {
      return mask.equals(oxm.mask());
    }

    @Override
    public String toString() {
      return oxm + "=" + hex(value) + (isExact() ? "" : "/" + hex(mask));
    }

    private static String hex(Bits bits) {
      String low = Long.toHexString(bits.low());
      return bits.high() == 0 ? "0x" + low : "0x%x%016x".formatted(bits.high(), bits.low());
    }
  }

  /**
   * A field that we do not know.
   *
   * @param header class, field and the flag of the mask: the upper 24 bits
   */
  record Unknown(int header, Octets payload) implements OxmTlv {}

  static void write(ByteBuffer out, OxmTlv tlv) {
    switch (tlv) {
      case Field field -> write(out, field);
      case Unknown(int header, Octets payload) -> {
        out.putInt(header << 8 | payload.size());
        payload.write(out);
      }
    }
  }

  private static void write(ByteBuffer out, Field field) {
    int bytes = field.oxm().bytes();
    if (field.isExact()) {
      out.putInt(field.oxm().header());
      Wire.putBits(out, field.value(), bytes);
    } else {
      out.putInt(field.oxm().type() << 9 | 0x100 | 2 * bytes);
      Wire.putBits(out, field.value(), bytes);
      Wire.putBits(out, field.mask(), bytes);
    }
  }

  static OxmTlv read(ByteBuffer in) {
    int header = in.getInt();
    ByteBuffer payload = Wire.slice(in, header & 0xff);
    Optional<Oxm> known = Oxm.of(header >>> 9);
    boolean masked = (header & 0x100) != 0;
    if (known.isEmpty()) {
      return new Unknown(header >>> 8, Octets.rest(payload));
    }
    int bytes = known.get().bytes();
    if (payload.remaining() != (masked ? 2 * bytes : bytes)) {
      throw Wire.malformed(known.get() + " has a length of " + payload.remaining());
    }
    Bits value = Wire.bits(payload, bytes);
    return new Field(known.get(), value, masked ? Wire.bits(payload, bytes) : known.get().mask());
  }
}
