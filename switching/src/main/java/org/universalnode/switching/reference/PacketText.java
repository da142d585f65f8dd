package org.universalnode.switching.reference;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.universalnode.nffg.EtherType;
import org.universalnode.nffg.HeaderField;
import org.universalnode.nffg.IpAddress;
import org.universalnode.nffg.Ipv4Address;
import org.universalnode.nffg.MacAddress;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;
import org.universalnode.problem.ProblemException;

/**
 * Packets as people write them. One of
 *
 * <pre>
 * tcp 10.0.0.1:1234 -&gt; 8.8.8.8:80            a SYN
 * udp [2001:db8::1]:53 -&gt; [2001:db8::2]:5353
 * sctp 10.0.0.1:1234 -&gt; 8.8.8.8:80
 * icmp 10.0.0.1 -&gt; 10.0.0.2                  with type and code; an echo request without
 * ip 10.0.0.1 -&gt; 10.0.0.2 protocol 89
 * arp who-has 10.0.0.1 tell 10.0.0.2
 * arp 10.0.0.1 is-at 02:00:00:00:00:01 tell 10.0.0.2
 * hex:ffffffffffff0200000000010806...        the bytes of a frame; no options
 * </pre>
 *
 * and options, each a word and its value: {@code vlan 25}, {@code priority 5}, {@code src-mac
 * 02:00:00:00:00:01}, {@code dst-mac 02:00:00:00:00:02}, and of IP packets {@code dscp 46}.
 */
public final class PacketText {
  static final String HEX = "hex:";
  private static final int MOST_CHARACTERS = HEX.length() + 2 * Frame.MOST_BYTES;
  private static final String SOURCE = "02:00:00:00:00:01";
  private static final String DEST = "02:00:00:00:00:02";
  private static final String EVERYBODY = "ff:ff:ff:ff:ff:ff";
  private static final String WHO_HAS = "arp who-has 10.0.0.1 tell 10.0.0.2";
  private static final String IS_AT = "arp 10.0.0.1 is-at 02:00:00:00:00:01 tell 10.0.0.2";

  private PacketText() {}

  /**
   * The frame that the text describes, with right checksums.
   *
   * @throws ProblemException with INVALID_DOCUMENT, saying what to write, or LIMIT
   */
  public static Frame parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw Problem.of(Code.LIMIT, "the packet has " + text.length() + " characters")
          .next("use at most " + MOST_CHARACTERS)
          .asException();
    }
    String trimmed = text.strip();
    return trimmed.startsWith(HEX) ? hex(trimmed.substring(HEX.length())) : words(trimmed);
  }

  private static Frame hex(String digits) {
    if (digits.length() % 2 != 0 || !digits.matches("[0-9a-fA-F]+")) {
      throw PacketWords.problem(
          JsonText.quoted(digits) + " are no bytes", "write two hexadecimal digits for each");
    }
    return Frame.of(HexFormat.of().parseHex(digits));
  }

  private static Frame words(String text) {
    List<String> words = Arrays.asList(text.split("\\s+"));
    List<String> rest = words.subList(1, words.size());
    String kind = words.getFirst();
    return switch (kind) {
      case "tcp", "udp", "sctp" ->
          transport(kind, new PacketWords(rest, kind + " 10.0.0.1:1234 -> 8.8.8.8:80"));
      case "icmp" -> icmp(new PacketWords(rest, "icmp 10.0.0.1 -> 10.0.0.2"));
      case "ip" -> ip(new PacketWords(rest, "ip 10.0.0.1 -> 10.0.0.2 protocol 89"));
      case "arp" -> rest.contains("is-at") ? arpReply(rest) : arpRequest(rest);
      default ->
          throw PacketWords.problem(
              JsonText.quoted(kind) + " is no kind of packet",
              "begin with tcp, udp, sctp, icmp, ip, arp or hex:");
    };
  }

  private static Frame transport(String kind, PacketWords words) {
    PacketSocket source = PacketSocket.parse(words);
    words.expect("->");
    PacketSocket dest = PacketSocket.parse(words);
    words.readOptions(PacketWords.DSCP);
    PacketWriter packet = new PacketWriter(source.address(), dest.address());
    switch (kind) {
      case "tcp" -> packet.tcp(source.port(), dest.port());
      case "udp" -> packet.udp(source.port(), dest.port());
      default -> packet.sctp(source.port(), dest.port());
    }
    return ip(packet, words);
  }

  private static Frame icmp(PacketWords words) {
    PacketWriter packet = addresses(words);
    words.readOptions(PacketWords.DSCP, PacketWords.TYPE, PacketWords.CODE);
    int echo = packet.isIpv6() ? 128 : 8;
    packet.icmp(
        words.number(PacketWords.TYPE, HeaderField.ICMPV4_TYPE, echo),
        words.number(PacketWords.CODE, HeaderField.ICMPV4_CODE, 0));
    return ip(packet, words);
  }

  private static Frame ip(PacketWords words) {
    PacketWriter packet = addresses(words);
    words.readOptions(PacketWords.DSCP, PacketWords.PROTOCOL);
    int protocol = words.number(PacketWords.PROTOCOL, HeaderField.PROTOCOL, -1);
    if (protocol < 0) {
      throw words.wrong("the packet has no protocol");
    }
    packet.payload(protocol);
    return ip(packet, words);
  }

  private static PacketWriter addresses(PacketWords words) {
    IpAddress source = IpAddress.parse(words.next());
    words.expect("->");
    return new PacketWriter(source, IpAddress.parse(words.next()));
  }

  private static Frame ip(PacketWriter packet, PacketWords words) {
    byte[] bytes = packet.written(words.number(PacketWords.DSCP, HeaderField.IP_DSCP, 0));
    return frame(packet.etherType(), bytes, words.mac(PacketWords.DEST_MAC, DEST), words);
  }

  private static Frame arpRequest(List<String> rest) {
    PacketWords words = new PacketWords(rest, WHO_HAS);
    words.expect("who-has");
    Ipv4Address target = Ipv4Address.parse(words.next());
    words.expect("tell");
    Ipv4Address sender = Ipv4Address.parse(words.next());
    words.readOptions();
    MacAddress own = words.mac(PacketWords.SOURCE_MAC, SOURCE);
    FrameWriter arp = PacketWriter.arp(1);
    arp.mac(own).numbers(4, sender.bits()).numbers(6, 0).numbers(4, target.bits());
    return frame(EtherType.ARP, arp.written(), words.mac(PacketWords.DEST_MAC, EVERYBODY), words);
  }

  private static Frame arpReply(List<String> rest) {
    PacketWords words = new PacketWords(rest, IS_AT);
    Ipv4Address sender = Ipv4Address.parse(words.next());
    words.expect("is-at");
    MacAddress own = MacAddress.parse(words.next());
    words.expect("tell");
    Ipv4Address target = Ipv4Address.parse(words.next());
    words.readOptions();
    MacAddress asking = words.mac(PacketWords.DEST_MAC, DEST);
    FrameWriter arp = PacketWriter.arp(2);
    arp.mac(own).numbers(4, sender.bits()).mac(asking).numbers(4, target.bits());
    return frame(EtherType.ARP, arp.written(), asking, words);
  }

  private static Frame frame(int type, byte[] packet, MacAddress dest, PacketWords words) {
    FrameWriter frame = new FrameWriter();
    frame.mac(dest, words.mac(PacketWords.SOURCE_MAC, SOURCE));
    words.tag().ifPresent(control -> frame.numbers(2, 0x8100, control));
    frame.numbers(2, type).bytes(packet);
    return Frame.of(frame.written()).withRightChecksums();
  }
}
