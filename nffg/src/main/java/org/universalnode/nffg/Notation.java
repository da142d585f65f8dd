package org.universalnode.nffg;

import java.util.Locale;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.ProblemException;

/** How the formalism writes the values of header fields: always as strings. */
enum Notation {
  NUMBER,
  ETHER_TYPE,
  VLAN,
  PROTOCOL,
  MAC,
  IPV4,
  IPV6;

  private static final String ANY_TAG = "ANY";
  private static final String NO_TAG = "NO_VLAN";
  private static final int LAST_VLAN = 4094;

  /** Below it the field of a frame is a length, IEEE 802.3 3.2.6. */
  private static final int LOWEST_ETHER_TYPE = 0x0600;

  FieldMatch parse(String text, HeaderField field) {
    return switch (this) {
      case NUMBER -> field.exact(FieldNumber.parse(text, 0, (int) field.mask().low()));
      case ETHER_TYPE -> field.exact(etherType(text));
      case VLAN -> vlan(text);
      case PROTOCOL -> field.exact(IpProtocol.parse(text));
      case MAC -> field.exact(MacAddress.parse(text).bits());
      case IPV4 -> FieldMatch.of(Ipv4Prefix.parse(text));
      case IPV6 -> ipv6(text);
    };
  }

  /**
   * The mask that a text of its own describes, for address fields.
   *
   * @throws ProblemException if it is none, or if a one follows a zero in the mask of an IP address
   */
  Bits parseMask(String text) {
    return switch (this) {
      case MAC -> Bits.of(MacAddress.parse(text).bits());
      case IPV4 ->
          contiguous(Bits.of(Integer.toUnsignedLong(Ipv4Address.parse(text).bits())), 32, text);
      case IPV6 -> contiguous(Ipv6Address.parse(text).bits(), 128, text);
      case NUMBER, ETHER_TYPE, VLAN, PROTOCOL ->
          throw new IllegalArgumentException(this + " has no masks");
    };
  }

  String format(FieldMatch match, HeaderField field) {
    long low = match.value().low();
    return switch (this) {
      case NUMBER, PROTOCOL -> Long.toString(low);
      case ETHER_TYPE -> String.format(Locale.ROOT, "0x%04x", low);
      case VLAN -> formatVlan(match);
      case MAC -> new MacAddress(low).toString();
      case IPV4 -> new Ipv4Address((int) low) + length(match, field);
      case IPV6 -> new Ipv6Address(match.value()) + length(match, field);
    };
  }

  private static String length(FieldMatch match, HeaderField field) {
    return match.mask().equals(field.mask()) ? "" : "/" + match.mask().count();
  }

  private static long etherType(String text) {
    int type = FieldNumber.parse(text, 0, 0xffff);
    if (type < LOWEST_ETHER_TYPE) {
      throw Invalid.because(
          String.format(
              Locale.ROOT,
              "the Ethernet type %s is 0x%04x, a frame length",
              JsonText.quoted(text),
              type),
          "write a type in hexadecimal after 0x, like 0x0800 for IPv4");
    }
    return type;
  }

  private static FieldMatch vlan(String text) {
    return switch (text) {
      case ANY_TAG -> FieldMatch.TAGGED;
      case NO_TAG -> FieldMatch.UNTAGGED;
      default -> FieldMatch.vlan(vlanId(text));
    };
  }

  /** The id of a VLAN that frames can have, 1 to 4094. */
  static int vlanId(String text) {
    return FieldNumber.parse(text, 1, LAST_VLAN);
  }

  private static String formatVlan(FieldMatch match) {
    if (match.equals(FieldMatch.TAGGED)) {
      return ANY_TAG;
    }
    return match.equals(FieldMatch.UNTAGGED)
        ? NO_TAG
        : Long.toString(match.value().low() & ~HeaderField.VLAN_PRESENT);
  }

  private static FieldMatch ipv6(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return HeaderField.IPV6_SOURCE.exact(Ipv6Address.parse(text).bits());
    }
    int length = FieldNumber.prefixLength(text, 128);
    return new FieldMatch(
        Ipv6Address.parse(text.substring(0, slash)).bits(), Bits.prefix(length, 128));
  }

  private static Bits contiguous(Bits mask, int width, String text) {
    if (!Bits.prefix(mask.count(), width).equals(mask)) {
      throw Invalid.because(
          "the mask " + JsonText.quoted(text) + " is not contiguous",
          width == 32 ? "write a mask like 255.255.255.0" : "write a mask like ffff:ffff::");
    }
    return mask;
  }
}
