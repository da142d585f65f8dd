package org.universalnode.switching.reference;

import java.util.Locale;
import org.universalnode.nffg.Bits;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpProtocol;

/** A frame on one line for people, in the words of {@link PacketText}. */
final class FrameText {
  private static final int REQUEST = 1;
  private static final int REPLY = 2;

  private final Headers headers;
  private final StringBuilder text = new StringBuilder();

  private FrameText(Headers headers) {
    this.headers = headers;
  }

  static String describe(Frame frame) {
    return frame
        .headers()
        .fault()
        .map(fault -> "no Ethernet frame: " + fault)
        .orElseGet(() -> new FrameText(frame.headers()).describe());
  }

  private String describe() {
    if (has(HeaderField.IPV4_SOURCE)) {
      ip(HeaderField.IPV4_SOURCE, HeaderField.IPV4_DEST);
    } else if (has(HeaderField.IPV6_SOURCE)) {
      ip(HeaderField.IPV6_SOURCE, HeaderField.IPV6_DEST);
    } else if (has(HeaderField.ARP_OPCODE)) {
      arp();
    } else {
      text.append("ether-type ").append(value(HeaderField.ETHER_TYPE));
      optional("mpls-label", HeaderField.MPLS_LABEL);
    }
    tags();
    optional("src-mac", HeaderField.SOURCE_MAC);
    optional("dst-mac", HeaderField.DEST_MAC);
    return text.toString();
  }

  private void ip(HeaderField source, HeaderField dest) {
    int protocol = (int) headers.number(HeaderField.PROTOCOL);
    boolean icmp = has(HeaderField.ICMPV4_TYPE) || has(HeaderField.ICMPV6_TYPE);
    boolean ports = has(HeaderField.SOURCE_PORT);
    text.append(icmp ? "icmp" : ports ? transport(protocol) : "ip").append(' ');
    text.append(socket(source, HeaderField.SOURCE_PORT)).append(" -> ");
    text.append(socket(dest, HeaderField.DEST_PORT));
    if (!icmp && !ports) {
      optional("protocol", HeaderField.PROTOCOL);
    }
    optional("type", HeaderField.ICMPV4_TYPE);
    optional("code", HeaderField.ICMPV4_CODE);
    optional("type", HeaderField.ICMPV6_TYPE);
    optional("code", HeaderField.ICMPV6_CODE);
    unlessZero("dscp", HeaderField.IP_DSCP);
  }

  private static String transport(int protocol) {
    return switch (protocol) {
      case IpProtocol.TCP -> "tcp";
      case IpProtocol.UDP -> "udp";
      default -> "sctp";
    };
  }

  private String socket(HeaderField address, HeaderField port) {
    if (!has(port)) {
      return value(address);
    }
    boolean brackets = address.width() == 128;
    return (brackets ? "[" + value(address) + "]" : value(address)) + ":" + value(port);
  }

  private void arp() {
    String sender = value(HeaderField.ARP_SOURCE_IP);
    String target = value(HeaderField.ARP_TARGET_IP);
    text.append(
        switch ((int) headers.number(HeaderField.ARP_OPCODE)) {
          case REQUEST -> "arp who-has " + target + " tell " + sender;
          case REPLY ->
              "arp " + sender + " is-at " + value(HeaderField.ARP_SOURCE_MAC) + " tell " + target;
          default -> "arp opcode " + value(HeaderField.ARP_OPCODE);
        });
  }

  private void tags() {
    if (headers.tags() > 0) {
      text.append(" vlan ").append(value(HeaderField.VLAN));
      unlessZero("priority", HeaderField.VLAN_PRIORITY);
    }
    if (headers.tags() > 1) {
      text.append(String.format(Locale.ROOT, " (%d tags)", headers.tags()));
    }
  }

  private void unlessZero(String word, HeaderField field) {
    if (!headers.get(field).equals(Bits.ZERO)) {
      optional(word, field);
    }
  }

  private void optional(String word, HeaderField field) {
    if (has(field)) {
      text.append(' ').append(word).append(' ').append(value(field));
    }
  }

  private boolean has(HeaderField field) {
    return headers.has(field);
  }

  private String value(HeaderField field) {
    return field.format(field.exact(headers.get(field)));
  }
}
