package org.universalnode.nffg;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A key of the published {@code match} object.
 *
 * @param name the canonical spelling
 * @param field what it is about
 * @param mask the key of the mask; empty if it has none
 * @param aliases other published spellings of {@code name}
 */
record MatchKey(String name, HeaderField field, String mask, List<String> aliases) {

  static final List<MatchKey> ALL =
      List.of(
          key("ether_type", HeaderField.ETHER_TYPE),
          key("vlan_id", HeaderField.VLAN),
          key("vlan_pcp", HeaderField.VLAN_PRIORITY, "vlan_priority"),
          masked("source_mac", HeaderField.SOURCE_MAC, "eth_src_mask"),
          masked("dest_mac", HeaderField.DEST_MAC, "eth_dst_mask"),
          masked("source_ip", HeaderField.IPV4_SOURCE, "ipv4_src_mask", "ipv4_src"),
          masked("source_ip", HeaderField.IPV6_SOURCE, "ipv6_src_mask", "ipv6_src"),
          masked("dest_ip", HeaderField.IPV4_DEST, "ipv4_dst_mask", "ipv4_dst"),
          masked("dest_ip", HeaderField.IPV6_DEST, "ipv6_dst_mask", "ipv6_dst"),
          key("ip_dscp", HeaderField.IP_DSCP, "tos_bits"),
          key("ip_ecn", HeaderField.IP_ECN),
          key("protocol", HeaderField.PROTOCOL, "ip_proto"),
          key("source_port", HeaderField.SOURCE_PORT),
          key("dest_port", HeaderField.DEST_PORT),
          key("icmpv4_type", HeaderField.ICMPV4_TYPE),
          key("icmpv4_code", HeaderField.ICMPV4_CODE),
          key("icmpv6_type", HeaderField.ICMPV6_TYPE),
          key("icmpv6_code", HeaderField.ICMPV6_CODE),
          key("arp_opcode", HeaderField.ARP_OPCODE),
          masked("arp_spa", HeaderField.ARP_SOURCE_IP, "arp_spa_mask"),
          masked("arp_tpa", HeaderField.ARP_TARGET_IP, "arp_tpa_mask"),
          key("arp_sha", HeaderField.ARP_SOURCE_MAC),
          key("arp_tha", HeaderField.ARP_TARGET_MAC),
          key("ipv6_flabel", HeaderField.IPV6_FLOW_LABEL),
          key("ipv6_nd_target", HeaderField.ND_TARGET),
          key("ipv6_nd_sll", HeaderField.ND_SOURCE_MAC),
          key("ipv6_nd_tll", HeaderField.ND_TARGET_MAC),
          key("mpls_label", HeaderField.MPLS_LABEL),
          key("mpls_tc", HeaderField.MPLS_TRAFFIC_CLASS));

  /** SCTP has port keys of its own, which say the protocol too. */
  static final Map<String, HeaderField> SCTP_PORTS =
      Map.of("sctp_src", HeaderField.SOURCE_PORT, "sctp_dst", HeaderField.DEST_PORT);

  /** What a key other than those of masks may be about; the second one if a colon is in it. */
  static final Map<String, List<HeaderField>> FIELDS = new LinkedHashMap<>();

  static final Map<String, MatchKey> MASKS = new LinkedHashMap<>();

  private static final Map<HeaderField, MatchKey> BY_FIELD = new EnumMap<>(HeaderField.class);

  static {
    for (MatchKey key : ALL) {
      key.spellings().forEach(name -> FIELDS.merge(name, List.of(key.field), MatchKey::both));
      MASKS.put(key.mask, key);
      BY_FIELD.put(key.field, key);
    }
    MASKS.remove("");
    SCTP_PORTS.forEach((name, field) -> FIELDS.put(name, List.of(field)));
  }

  static MatchKey of(HeaderField field) {
    return Objects.requireNonNull(BY_FIELD.get(field));
  }

  List<String> spellings() {
    return Stream.concat(Stream.of(name), aliases.stream()).toList();
  }

  private static List<HeaderField> both(List<HeaderField> ipv4, List<HeaderField> ipv6) {
    return Stream.concat(ipv4.stream(), ipv6.stream()).toList();
  }

  private static MatchKey key(String name, HeaderField field, String... aliases) {
    return new MatchKey(name, field, "", List.of(aliases));
  }

  private static MatchKey masked(String name, HeaderField field, String mask, String... aliases) {
    return new MatchKey(name, field, mask, List.of(aliases));
  }
}
