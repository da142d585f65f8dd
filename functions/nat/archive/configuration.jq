# Prints the checked settings on one line: whether to masquerade, then the gateway if there is one.
include "checks";

def masquerade:
  if has("masquerade") then .masquerade | one_of("/masquerade"; [true, false]) else true end;

def gateway:
  if has("gateway") | not then ""
  elif .gateway | is_ipv4_address then .gateway
  else refuse("/gateway"; "must be an IPv4 address such as \"192.0.2.1\", not \(.gateway | tojson)")
  end;

one_document | object_of(""; ["gateway", "masquerade"]) | "\(masquerade) \(gateway)"
