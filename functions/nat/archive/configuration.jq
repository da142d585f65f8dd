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

def port_number($element):
  if type == "number" and . == floor and . >= 1 and . <= 65535 then floor
  else
    refuse($element;
      "must be a port from 1 to 65535 or a range such as \"1000-2000\", not \(tojson)")
  end;

def port_range($element):
  if type != "string" then port_number($element) | [., .]
  else . as $text
    | [split("-")[] | if is_decimal_up_to(65535) then tonumber else null end]
    | if length != 2 or any(. == null) then $text | port_number($element)
      elif .[0] > .[1] then refuse($element; "must not end before it begins: \($text)")
      else map(port_number($element))
      end
  end;

def target($element):
  if has("to") | not then refuse($element; "needs to: the address of a host behind lan")
  elif .to | is_ipv4_address then .to
  else refuse("\($element)/to"; "must be an IPv4 address such as \"10.0.0.2\", not \(.to | tojson)")
  end;

def to_port($element; $range):
  if has("to-port") | not then ""
  elif $range[0] != $range[1] then
    refuse("\($element)/to-port"; "is for one port; the ports of a range stay what they are")
  else ":\(.["to-port"] | port_number("\($element)/to-port"))"
  end;

def forward($element):
  object_of($element; ["comment", "port", "protocol", "to", "to-port"])
  | (if has("protocol") then .protocol | one_of("\($element)/protocol"; ["tcp", "udp"])
     else refuse($element; "needs a protocol: tcp or udp") end) as $protocol
  | (if has("port") then .port | port_range("\($element)/port")
     else refuse($element; "needs a port") end) as $range
  | "meta l4proto \({tcp: 6, udp: 17}[$protocol]) th dport \($range | unique | map(tostring) | join("-"))"
    + " counter dnat to \(target($element))\(to_port($element; $range)) comment \"\($element)\"";

def forwards:
  if has("forward") | not then empty
  elif .forward | type != "array" then
    refuse("/forward"; "must be an array, not \(.forward | type)")
  elif .forward | length > most_forwards then
    refuse("/forward"; "has \(.forward | length) entries; at most \(most_forwards) are allowed")
  else .forward | to_entries[] | .key as $index | .value | forward("/forward/\($index)")
  end;

one_document | object_of(""; ["forward", "gateway", "masquerade"])
| "\(masquerade) \(gateway)", forwards
