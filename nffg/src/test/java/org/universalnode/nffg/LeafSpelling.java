package org.universalnode.nffg;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Locale;

/** One spelling for each value that documents write in several; see {@link DocumentLeaves}. */
final class LeafSpelling {
  private LeafSpelling() {}

  /** The value at a place of that kind. */
  static String of(String kind, JsonElement value) {
    if (!(value instanceof JsonPrimitive primitive)) {
      return value.toString();
    }
    String text = primitive.getAsString();
    return switch (kind) {
      case "VNFs/#/ports/#/id" -> port(text);
      case "VNFs/#/unify-control/#/host-tcp-port",
          "VNFs/#/unify-control/#/vnf-tcp-port",
          "big-switch/flow-rules/#/priority" ->
          Long.toString(Long.parseLong(text));
      case "end-points/#/vlan/vlan-id",
          "end-points/#/gre-tunnel/gre-key",
          "end-points/#/gre-tunnel/ttl",
          "end-points/#/vxlan/vni",
          "end-points/#/vxlan/port",
          "end-points/#/vxlan/ttl" ->
          number(text);
      case "end-points/#/gre-tunnel/local-ip",
          "end-points/#/gre-tunnel/remote-ip",
          "end-points/#/vxlan/local-ip",
          "end-points/#/vxlan/remote-ip",
          "node-config/#/default-gateway/ip-address" ->
          address(text);
      case "VNFs/#/ports/#/mac",
          "end-points/#/host-stack/mac",
          "end-points/#/host-stack/configuration" ->
          lower(text);
      default -> value.toString();
    };
  }

  static String action(String key, JsonElement value) {
    String text = value.getAsString();
    return switch (key) {
      case "output_to_port" -> port(text);
      case "output_to_queue" -> value.toString();
      case "drop", "pop_vlan", "output_to_controller" -> text;
      case "set_ethernet_src_address", "set_ethernet_dst_address" -> lower(text);
      case "set_ip_src_address", "set_ip_dst_address" -> address(text.replaceAll("/.*", ""));
      default -> number(text);
    };
  }

  static String number(String text) {
    return Long.decode(text).toString();
  }

  static String protocol(String text) {
    List<String> names =
        List.of(
            "icmp 1",
            "igmp 2",
            "tcp 6",
            "udp 17",
            "gre 47",
            "esp 50",
            "ah 51",
            "icmpv6 58",
            "ospf 89",
            "sctp 132");
    return names.stream()
        .filter(name -> name.startsWith(lower(text) + " "))
        .map(name -> name.substring(name.indexOf(' ') + 1))
        .findFirst()
        .orElseGet(() -> number(text));
  }

  /** The number at the end of a port may have leading zeros. */
  static String port(String text) {
    return text.startsWith("endpoint:") ? text : text.replaceAll(":0+(?=\\d+$)", ":");
  }

  private static String address(String text) {
    return (text.indexOf(':') < 0 ? "4/" : "6/") + MatchLeaves.bits(text).toString(16);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
