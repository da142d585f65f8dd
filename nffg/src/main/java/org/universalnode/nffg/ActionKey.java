package org.universalnode.nffg;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The published keys of actions, in canonical spelling. */
final class ActionKey {
  static final String OUTPUT = "output_to_port";
  static final String CONTROLLER = "output_to_controller";
  static final String QUEUE = "output_to_queue";
  static final String DROP = "drop";
  static final String PUSH_VLAN = "push_vlan";
  static final String POP_VLAN = "pop_vlan";

  /** The keys that set a field; of two fields the second one if a colon is in the value. */
  static final Map<String, List<HeaderField>> SETTERS =
      new TreeMap<>(
          Map.of(
              "set_vlan_id", List.of(HeaderField.VLAN),
              "set_vlan_priority", List.of(HeaderField.VLAN_PRIORITY),
              "set_ethernet_src_address", List.of(HeaderField.SOURCE_MAC),
              "set_ethernet_dst_address", List.of(HeaderField.DEST_MAC),
              "set_ip_src_address", List.of(HeaderField.IPV4_SOURCE, HeaderField.IPV6_SOURCE),
              "set_ip_dst_address", List.of(HeaderField.IPV4_DEST, HeaderField.IPV6_DEST),
              "set_ip_tos", List.of(HeaderField.IP_DSCP),
              "set_l4_src_port", List.of(HeaderField.SOURCE_PORT),
              "set_l4_dst_port", List.of(HeaderField.DEST_PORT)));

  private ActionKey() {}

  /** The key that sets this field. */
  static String setterOf(HeaderField field) {
    return SETTERS.entrySet().stream()
        .filter(entry -> entry.getValue().contains(field))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no action sets " + field));
  }
}
