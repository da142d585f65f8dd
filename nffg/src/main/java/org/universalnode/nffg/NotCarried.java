package org.universalnode.nffg;

import java.util.Set;
import org.universalnode.nffg.json.JsonFields;
import org.universalnode.nffg.json.JsonText;
import org.universalnode.problem.Problem;
import org.universalnode.problem.Problem.Code;

/** Words of the published formalism that this version understands and cannot carry out. */
final class NotCarried {
  static final Set<String> END_POINT_TYPES =
      Set.of("vlan", "gre-tunnel", "internal", "host-stack", "vxlan", "interface-out");

  static final Set<String> MATCH_KEYS =
      Set.of(
          "vlan_pcp",
          "vlan_priority",
          "tos_bits",
          "hard_timeout",
          "eth_src_mask",
          "eth_dst_mask",
          "ipv6_src_mask",
          "ipv6_dst_mask",
          "ip_dscp",
          "ip_ecn",
          "sctp_src",
          "sctp_dst",
          "icmpv4_type",
          "icmpv4_code",
          "icmpv6_type",
          "icmpv6_code",
          "arp_opcode",
          "arp_spa",
          "arp_spa_mask",
          "arp_tpa",
          "arp_tpa_mask",
          "arp_sha",
          "arp_tha",
          "ipv6_flabel",
          "ipv6_nd_target",
          "ipv6_nd_sll",
          "ipv6_nd_tll",
          "mpls_label",
          "mpls_tc");

  static final Set<String> ACTION_KEYS =
      Set.of(
          "push_vlan",
          "pop_vlan",
          "set_vlan_id",
          "set_vlan_priority",
          "set_ethernet_src_address",
          "set_ethernet_dst_address",
          "set_ip_src_address",
          "set_ip_dst_address",
          "set_ip_tos",
          "set_l4_src_port",
          "set_l4_dst_port",
          "output_to_queue",
          "drop",
          "output_to_controller");

  private NotCarried() {}

  /** Tells a problem for each of these keys that the element has. */
  static void refuse(JsonFields fields, Set<String> keys, String kind) {
    for (String key : fields.keys()) {
      if (keys.contains(key) && fields.has(key)) {
        fields.problem(problem(kind, key).at(fields.pointer(key)));
      }
    }
  }

  static Problem problem(String kind, String word) {
    return Problem.of(
            Code.UNSUPPORTED, "the " + kind + " " + JsonText.quoted(word) + " is not supported yet")
        .next("leave it out");
  }
}
