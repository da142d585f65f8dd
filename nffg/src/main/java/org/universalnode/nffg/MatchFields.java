package org.universalnode.nffg;

import java.util.Optional;
import java.util.OptionalInt;
import org.universalnode.problem.ProblemException;

/**
 * What a frame looks like, wherever it comes from; an absent field matches every frame.
 *
 * @param etherType of the payload after VLAN tags, 0x0600 to 0xffff
 * @param protocol of the IP packet, 0 to 255
 * @param sourcePort of TCP, UDP or SCTP, 0 to 65535
 * @param destPort likewise
 */
public record MatchFields(
    OptionalInt etherType,
    Optional<VlanMatch> vlan,
    Optional<MacAddress> sourceMac,
    Optional<MacAddress> destMac,
    Optional<Ipv4Prefix> sourceIp,
    Optional<Ipv4Prefix> destIp,
    OptionalInt protocol,
    OptionalInt sourcePort,
    OptionalInt destPort) {

  /** Every frame. */
  public static final MatchFields ANY =
      new MatchFields(
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty());

  public MatchFields {
    inRange("Ethernet type", etherType, 0xffff);
    inRange("protocol", protocol, 255);
    inRange("source port", sourcePort, 65535);
    inRange("destination port", destPort, 65535);
  }

  /**
   * The same frames, with the fields that these imply said too, as OpenFlow wants it: an IPv4
   * address implies Ethernet type 0x0800; a protocol implies it too, unless the type says IPv6 or
   * the protocol is ICMPv6.
   *
   * @throws ProblemException if fields contradict one another, or if ports are given without a
   *     protocol that has ports; the pointers start at the match
   */
  public MatchFields withPrerequisites() {
    return Prerequisites.of(this);
  }

  public MatchFields withEtherType(int etherType) {
    return new MatchFields(
        OptionalInt.of(etherType),
        vlan,
        sourceMac,
        destMac,
        sourceIp,
        destIp,
        protocol,
        sourcePort,
        destPort);
  }

  public MatchFields withVlan(VlanMatch vlan) {
    return new MatchFields(
        etherType,
        Optional.of(vlan),
        sourceMac,
        destMac,
        sourceIp,
        destIp,
        protocol,
        sourcePort,
        destPort);
  }

  public MatchFields withSourceMac(MacAddress sourceMac) {
    return new MatchFields(
        etherType,
        vlan,
        Optional.of(sourceMac),
        destMac,
        sourceIp,
        destIp,
        protocol,
        sourcePort,
        destPort);
  }

  public MatchFields withDestMac(MacAddress destMac) {
    return new MatchFields(
        etherType,
        vlan,
        sourceMac,
        Optional.of(destMac),
        sourceIp,
        destIp,
        protocol,
        sourcePort,
        destPort);
  }

  public MatchFields withSourceIp(Ipv4Prefix sourceIp) {
    return new MatchFields(
        etherType,
        vlan,
        sourceMac,
        destMac,
        Optional.of(sourceIp),
        destIp,
        protocol,
        sourcePort,
        destPort);
  }

  public MatchFields withDestIp(Ipv4Prefix destIp) {
    return new MatchFields(
        etherType,
        vlan,
        sourceMac,
        destMac,
        sourceIp,
        Optional.of(destIp),
        protocol,
        sourcePort,
        destPort);
  }

  public MatchFields withProtocol(int protocol) {
    return new MatchFields(
        etherType,
        vlan,
        sourceMac,
        destMac,
        sourceIp,
        destIp,
        OptionalInt.of(protocol),
        sourcePort,
        destPort);
  }

  public MatchFields withSourcePort(int sourcePort) {
    return new MatchFields(
        etherType,
        vlan,
        sourceMac,
        destMac,
        sourceIp,
        destIp,
        protocol,
        OptionalInt.of(sourcePort),
        destPort);
  }

  public MatchFields withDestPort(int destPort) {
    return new MatchFields(
        etherType,
        vlan,
        sourceMac,
        destMac,
        sourceIp,
        destIp,
        protocol,
        sourcePort,
        OptionalInt.of(destPort));
  }

  private static void inRange(String what, OptionalInt value, int max) {
    if (value.isPresent() && (value.getAsInt() < 0 || value.getAsInt() > max)) {
      throw new IllegalArgumentException(what + " " + value.getAsInt() + " is not 0 to " + max);
    }
  }
}
