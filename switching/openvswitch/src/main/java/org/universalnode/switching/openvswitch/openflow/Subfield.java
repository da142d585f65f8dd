package org.universalnode.switching.openvswitch.openflow;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Bits of a field, as the actions of Open vSwitch name them.
 *
 * @param from the lowest of them, 0 being the field's own lowest
 * @param count at least 1
 */
public record Subfield(Oxm oxm, int from, int count) {

  public Subfield {
    if (!fits(oxm, from, count)) {
      throw new IllegalArgumentException(
          oxm + " has " + oxm.width() + " bits, not " + count + " from " + from);
    }
  }

  /** Empty if the field is not known or not that wide. */
  static Optional<Subfield> of(int header, int from, int count) {
    return Oxm.of(header >>> 9)
        .filter(oxm -> oxm.header() == header && fits(oxm, from, count))
        .map(oxm -> new Subfield(oxm, from, count));
  }

  /** The first bit's number and the count less one, in 16 bits. */
  int range() {
    return from << 6 | (count - 1);
  }

  static Optional<Subfield> ofRange(int range, int header) {
    return of(header, range >>> 6, (range & 0x3f) + 1);
  }

  /** Header and first bit. */
  void write(ByteBuffer out) {
    out.putInt(oxm.header());
    Wire.putU16(out, from);
  }

  void checkAsWideAs(Subfield other) {
    if (count != other.count) {
      throw new IllegalArgumentException(this + " and " + other + " have not as many bits");
    }
  }

  private static boolean fits(Oxm oxm, int from, int count) {
    return from >= 0 && count >= 1 && from + count <= oxm.width();
  }
}
