package org.universalnode.nffg;

/**
 * What a rule asks of one header field.
 *
 * @param value the wanted bits; zero where the mask is
 * @param mask the bits that count, none if every value will do as long as the field is there
 */
public record FieldMatch(Bits value, Bits mask) {

  /** Frames with any 802.1Q tag. */
  public static final FieldMatch TAGGED =
      new FieldMatch(Bits.of(HeaderField.VLAN_PRESENT), Bits.of(HeaderField.VLAN_PRESENT));

  /** Frames without an 802.1Q tag. */
  public static final FieldMatch UNTAGGED = HeaderField.VLAN.exact(0);

  public FieldMatch {
    value = value.and(mask);
  }

  /** Frames with an 802.1Q tag of this VLAN, 1 to 4094. */
  public static FieldMatch vlan(int id) {
    return HeaderField.VLAN.exact(HeaderField.VLAN_PRESENT | id);
  }

  public static FieldMatch of(MacAddress mac) {
    return HeaderField.SOURCE_MAC.exact(mac.bits());
  }

  public static FieldMatch of(Ipv4Prefix prefix) {
    return new FieldMatch(
        Bits.of(Integer.toUnsignedLong(prefix.network().bits())),
        Bits.of(Integer.toUnsignedLong(prefix.mask())));
  }

  public boolean matches(Bits field) {
    return field.and(mask).equals(value);
  }

  /** Whether whatever matches {@code other} matches this. */
  public boolean covers(FieldMatch other) {
    return other.mask.contains(mask) && matches(other.value);
  }

  /** Whether some value matches both. */
  public boolean overlaps(FieldMatch other) {
    Bits both = mask.and(other.mask);
    return value.and(both).equals(other.value.and(both));
  }
}
