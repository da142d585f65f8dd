# Prints the checked configuration, one thing a line:
#   source strict|any
#   address <interface> <address/length> <address and length in hexadecimal>
#   route <element> <what ip route replace takes>
include "checks";
include "addresses";

def most_routes: 1000;
def most_addresses: 16;

def port_interface($element):
  . as $port
  | (if type == "string" and startswith("port:") then $ENV["UN_PORT_PORT_" + .[5:]] else null end)
  // refuse($element; "names \($port | tojson), which is no port of this router");

def global_address($element):
  . as $text | prefix_numbers
  | if . == null or (is_ipv6 | not) or ($text | contains("/") | not)
    then refuse($element;
      "must be an IPv6 address with its prefix length such as \"2001:db8::1/64\", not \($text | tojson)")
    elif is_link_local
    then refuse($element; "is link-local: each port with IPv6 has such an address already")
    else . + {text: $text}
    end;

def list($element; $most):
  if type != "array" then refuse($element; "must be an array, not \(type)")
  elif length > $most then refuse($element; "has \(length) elements; at most \($most) are allowed")
  else .
  end;

def addresses:
  if has("addresses") | not then []
  elif .addresses | type != "object"
  then refuse("/addresses"; "must be an object, not \(.addresses | type)")
  else
    [ .addresses | to_entries[]
      | "/addresses/\(.key)" as $element
      | (.key | port_interface($element)) as $interface
      | .value | list($element; most_addresses) | to_entries[]
      | .key as $index | .value | global_address("\($element)/\($index)")
      | . + {interface: $interface} ]
  end;

def destination($element):
  . as $text | prefix_numbers
  | if . == null
    then refuse($element;
      "must be a prefix such as \"203.0.113.0/24\" or \"2001:db8::/32\", not \($text | tojson)")
    elif has_host_bits then refuse($element; "has bits behind its length: \($text)")
    else .
    end;

# Link-local gateways are told apart by their ports; others must be on a subnet of ours, which for
# IPv4 the kernel knows.
def check_gateway($element; $route; $addresses):
  . as $text | {words: address_words} as $gateway
  | if $gateway.words == null then refuse($element; "must be an address, not \($text | tojson)")
    elif ($gateway | is_ipv6) != ($route.to | prefix_numbers | is_ipv6)
    then refuse($element; "is not of the family of \($route.to)")
    elif $gateway | is_ipv6 | not then .
    elif $gateway | is_link_local
    then if $route | has("port") then . else refuse($element; "is link-local, so it needs a port") end
    elif any($addresses[]; contains_address($gateway.words)) then .
    else refuse($element; "\($text) is in no subnet of the configured addresses")
    end;

def kind($element; $addresses):
  . as $route
  | if has("via") == has("refuse") then refuse($element; "needs either via or refuse")
    elif has("via")
    then .via | check_gateway("\($element)/via"; $route; $addresses) | ["", " via \(.)"]
    else .refuse | one_of("\($element)/refuse"; ["unreachable", "prohibit", "silently"])
      | [if . == "silently" then "blackhole " else . + " " end, ""]
    end;

def device($element):
  if has("port") | not then ""
  elif has("via") then " dev \(.port | port_interface("\($element)/port"))"
  else refuse("\($element)/port"; "makes no sense without via")
  end;

def metric($element):
  if has("metric") | not then ""
  elif .metric | type == "number" and . == floor and . >= 1 and . <= 65535
  then " metric \(.metric | floor)"
  else refuse("\($element)/metric"; "must be a whole number from 1 to 65535, not \(.metric | tojson)")
  end;

def route($element; $addresses):
  object_of($element; ["metric", "port", "refuse", "to", "via"])
  | (.to | destination("\($element)/to")) as $to
  | kind($element; $addresses) as [$kind, $via]
  | { element: $element,
      key: [$to, .metric],
      text: "\($kind)\(.to)\($via)\(device($element))\(metric($element))" };

def check_each_once:
  group_by(.key)[] | select(length > 1)
  | refuse(.[1].element; "is for the same prefix and metric as \(.[0].element)");

def routes($addresses):
  if has("routes") | not then []
  else
    [.routes | list("/routes"; most_routes) | to_entries[]
      | .key as $index | .value | route("/routes/\($index)"; $addresses)]
    | first(check_each_once, .)
  end;

def source:
  if has("source-check") then ."source-check" | one_of("/source-check"; ["strict", "any"])
  else "strict"
  end;

one_document
| object_of(""; ["addresses", "routes", "source-check"])
| addresses as $addresses
| "source \(source)",
  ( $addresses[]
    | "address \(.interface) \(.text) \(.words | map(hex_text(4)) | join(""))\(.length | hex_text(2))" ),
  (routes($addresses)[] | "route \(.element) \(.text)")
