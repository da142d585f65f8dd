# Prints the checked settings, each after its key: address, gateway, encrypted, block-file, and one
# line for each upstream server and each name to block or to allow.
include "checks";
include "names";

def most_names: 10000;

def required($key): if has($key) then .[$key] else refuse(""; "needs \($key)") end;

def network($element):
  if is_ipv4_prefix and contains("/") then .
  else
    refuse($element;
      "must be an IPv4 address with its subnet, such as \"192.0.2.5/24\", not \(tojson)")
  end;

def names($key):
  if has($key)
  then .[$key] | list("/\($key)"; most_names) | .element as $element
    | "\($key) \(.value | name($element))"
  else empty
  end;

def upstream:
  required("upstream") | [list("/upstream"; most_servers)]
  | if . == [] then refuse("/upstream"; "needs at least one name server") else .[] end
  | .element as $element | "upstream \(.value | address($element))";

def block_file:
  if has("block-file") | not then empty
  elif .["block-file"] | type == "string" and startswith("/") and (explode | all(. >= 32))
  then "block-file \(.["block-file"])"
  else refuse("/block-file"; "must be a path that begins with /, not \(.["block-file"] | tojson)")
  end;

def encrypted:
  if has("dns-over-tls") then .["dns-over-tls"] | one_of("/dns-over-tls"; ["pass", "block"])
  else "pass"
  end;

one_document
| object_of(""; ["address", "allow", "block", "block-file", "dns-over-tls", "gateway", "upstream"])
| "address \(required("address") | network("/address"))",
  (if has("gateway") then "gateway \(.gateway | address("/gateway"))" else empty end),
  "encrypted \(encrypted)", block_file, upstream, names("block"), names("allow")
