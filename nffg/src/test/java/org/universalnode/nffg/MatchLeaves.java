package org.universalnode.nffg;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the {@code match} of a rule says, in one spelling; see {@link DocumentLeaves}. */
final class MatchLeaves {
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("vlan_priority", "vlan_pcp"),
          Map.entry("tos_bits", "ip_dscp"),
          Map.entry("ip_proto", "protocol"),
          Map.entry("ipv4_src", "source_ip"),
          Map.entry("ipv6_src", "source_ip"),
          Map.entry("ipv4_dst", "dest_ip"),
          Map.entry("ipv6_dst", "dest_ip"),
          Map.entry("sctp_src", "source_port"),
          Map.entry("sctp_dst", "dest_port"));

  private static final Map<String, List<String>> MASKS =
      Map.of(
          "source_mac", List.of("eth_src_mask"),
          "dest_mac", List.of("eth_dst_mask"),
          "source_ip", List.of("ipv4_src_mask", "ipv6_src_mask"),
          "dest_ip", List.of("ipv4_dst_mask", "ipv6_dst_mask"),
          "arp_spa", List.of("arp_spa_mask"),
          "arp_tpa", List.of("arp_tpa_mask"));

  private static final Set<String> MACS =
      Set.of("source_mac", "dest_mac", "arp_sha", "arp_tha", "ipv6_nd_sll", "ipv6_nd_tll");
  private static final Set<String> ADDRESSES =
      Set.of("source_ip", "dest_ip", "arp_spa", "arp_tpa", "ipv6_nd_target");

  private final JsonObject match;
  private final Map<String, String> leaves = new TreeMap<>();

  private MatchLeaves(JsonObject match) {
    this.match = match;
  }

  static Map<String, String> of(JsonObject match) {
    MatchLeaves all = new MatchLeaves(match);
    match.entrySet().forEach(member -> all.add(member.getKey(), member.getValue()));
    return all.leaves;
  }

  private void add(String written, JsonElement value) {
    if (MASKS.values().stream().anyMatch(masks -> masks.contains(written))) {
      return; // with its address
    }
    String key = ALIASES.getOrDefault(written, written);
    if (written.startsWith("sctp_")) {
      leaves.put("protocol", "132");
    }
    boolean masked = MACS.contains(key) || ADDRESSES.contains(key);
    leaves.put(key, masked ? masked(key, value.getAsString()) : plain(key, value));
  }

  private static String plain(String key, JsonElement value) {
    return switch (key) {
      case "port_in" -> LeafSpelling.port(value.getAsString());
      case "hard_timeout" -> value.toString();
      case "vlan_id" ->
          Set.of("ANY", "NO_VLAN").contains(value.getAsString())
              ? value.getAsString()
              : LeafSpelling.number(value.getAsString());
      case "protocol" -> LeafSpelling.protocol(value.getAsString());
      default -> LeafSpelling.number(value.getAsString());
    };
  }

  /** Wanted bits and bits that count; only 0 is wanted of the others. */
  private String masked(String key, String text) {
    String[] parts = text.split("/", -1);
    BigInteger address = bits(parts[0]);
    int width = text.indexOf(':') < 0 ? 32 : MACS.contains(key) ? 48 : 128;
    BigInteger all = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
    BigInteger mask = parts.length == 1 ? all : all.shiftRight(Integer.parseInt(parts[1])).xor(all);
    for (String name : MASKS.getOrDefault(key, List.of())) {
      JsonElement said = match.get(name);
      mask = said == null || family(name) != width ? mask : bits(said.getAsString());
    }
    return address.and(mask).toString(16) + " of " + mask.toString(16);
  }

  private static int family(String mask) {
    return mask.startsWith("eth") ? 48 : mask.startsWith("ipv6") ? 128 : 32;
  }

  static BigInteger bits(String address) {
    if (address.matches("..(:..){5}") && !address.contains("::")) {
      return new BigInteger(address.replace(":", ""), 16);
    }
    byte[] bytes = InetAddress.ofLiteral(address).getAddress();
    BigInteger bits = new BigInteger(1, bytes);
    boolean mapped = address.indexOf(':') >= 0 && bytes.length == 4; // Java makes it IPv4
    return mapped ? bits.or(BigInteger.valueOf(0xffff).shiftLeft(32)) : bits;
  }
}
