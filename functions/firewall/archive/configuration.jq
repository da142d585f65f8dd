# Turns the configuration into the nft chains that decide on new connections: one per direction for
# IP, one for all other protocols.
include "checks";

def most_rules: 1000;

def check_rules($element):
  if type != "array" then refuse($element; "must be an array, not \(type)")
  elif length > most_rules
  then refuse($element; "has \(length) rules; at most \(most_rules) are allowed")
  else .
  end;

# By number, because a small box may have no /etc/protocols.
def protocol_match($element):
  one_of($element; ["tcp", "udp", "icmp"])
  | "meta l4proto " + {tcp: "6", udp: "17", icmp: "{ 1, 58 }"}[.];

def address_match($element; $keyword):
  if is_ipv4_prefix then "ct original ip \($keyword) \(.)"
  else refuse($element; "must be an IPv4 address or network such as \"10.0.0.0/24\", not \(tojson)")
  end;

def port_match($element; $keyword):
  "ct original \($keyword) " + (port_range($element) | map(tostring) | join("-"));

def check_ports_have_protocol($element):
  if (has("source-port") or has("destination-port")) and (.protocol | IN("tcp", "udp") | not)
  then refuse($element; "has a port, so its protocol must be tcp or udp")
  else .
  end;

def matches($element):
  [ (select(has("protocol")) | .protocol | protocol_match("\($element)/protocol")),
    (select(has("source")) | .source | address_match("\($element)/source"; "saddr")),
    (select(has("destination")) | .destination | address_match("\($element)/destination"; "daddr")),
    (select(has("source-port")) | .["source-port"]
      | port_match("\($element)/source-port"; "proto-src")),
    (select(has("destination-port")) | .["destination-port"]
      | port_match("\($element)/destination-port"; "proto-dst"))
  ];

def verdict($element; $allow):
  if has("action") | not then refuse($element; "needs an action: allow or deny")
  elif .action | one_of("\($element)/action"; ["allow", "deny"]) == "allow" then $allow
  else "drop"
  end;

def direction($element):
  if has("direction")
  then .direction | one_of("\($element)/direction"; ["lan-to-wan", "wan-to-lan", "both"])
  else "both"
  end;

def rule($element):
  object_of($element; ["action", "comment", "destination", "destination-port", "direction",
    "protocol", "source", "source-port"])
  | check_comment($element)
  | check_ports_have_protocol($element)
  | { direction: direction($element),
      text: (matches($element)
        + ["counter", verdict($element; "goto pass"), "comment \"\($element)\""] | join(" ")) };

def chain($name; $last): "  chain \($name) {", (.[] | "    \(.)"), "    counter \($last)", "  }";

def texts($direction): map(select(.direction | IN("both", $direction)) | .text);

one_document
| object_of(""; ["default", "rules"])
| (if has("default") then .default | one_of("/default"; ["allow", "deny"]) else "allow" end)
  as $default
| (if has("rules") then .rules | check_rules("/rules") else [] end)
| [to_entries[] | .key as $index | .value | rule("/rules/\($index)")]
| (if $default == "allow" then "goto pass" else "drop" end) as $last
| "table inet un_firewall {",
  (texts("lan-to-wan") | chain("lan_to_wan"; $last)),
  (texts("wan-to-lan") | chain("wan_to_lan"; $last)),
  "}",
  "table bridge un_firewall {",
  ([] | chain("other_protocols"; if $default == "allow" then "accept" else "drop" end)),
  "}"
