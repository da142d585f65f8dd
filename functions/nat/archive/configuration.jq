# Prints the checked settings: on the first line whether to masquerade, then the gateway if there is
# one; then a line of nft for each forwarded port.
include "checks";

def most_forwards: 500;

def masquerade:
  if has("masquerade") then .masquerade | one_of("/masquerade"; [true, false]) else true end;

def gateway:
  if has("gateway") | not then ""
  elif .gateway | is_ipv4_address then .gateway
  else refuse("/gateway"; "must be an IPv4 address such as \"192.0.2.1\", not \(.gateway | tojson)")
  end;

def host($element):
  if is_ipv4_address and (split(".")[0] | tonumber | . > 0 and . < 224 and . != 127) then .
  else refuse($element; "must be the IPv4 address of a host such as \"10.0.0.2\", not \(tojson)")
  end;

def to_port($element; $ports):
  if has("to-port") | not then ""
  elif $ports | length > 1 then
    refuse("\($element)/to-port"; "is for one port; the ports of a range stay what they are")
  else ":\(.["to-port"] | port_number("\($element)/to-port"))"
  end;

def forward($index):
  "/forward/\($index)" as $element
  | object_of($element; ["comment", "port", "protocol", "to", "to-port"])
  | check_comment($element)
  | (required($element; "port") | port_range("\($element)/port")) as $ports
  | { index: $index,
      protocol: (required($element; "protocol") | one_of("\($element)/protocol"; ["tcp", "udp"])),
      ports: $ports,
      to: (required($element; "to") | host("\($element)/to")),
      "to-port": to_port($element; $ports) };

# Of two entries for a port the second would have no effect.
def check_overlap:
  (group_by(.protocol)[] | sort_by(.ports[0]) | . as $sorted
    | range(1; length) | [$sorted[. - 1], $sorted[.]]
    | select(.[1].ports[0] <= .[0].ports[-1])
    | sort_by(.index)
    | refuse("/forward/\(.[1].index)/port"; "is forwarded by /forward/\(.[0].index) already")),
  .;

def rule:
  "meta l4proto \({ tcp: 6, udp: 17 }[.protocol]) th dport \(.ports | map(tostring) | join("-"))"
  + " counter dnat to \(.to)\(.["to-port"]) comment \"/forward/\(.index)\"";

def forwards:
  if has("forward") | not then []
  else
    [.forward | list_of_up_to("/forward"; most_forwards) | to_entries[] | .key as $index
      | .value | forward($index)]
    | [check_overlap] | .[-1]
  end;

one_document | object_of(""; ["forward", "gateway", "masquerade"])
| "\(masquerade) \(gateway)", (forwards[] | rule)
