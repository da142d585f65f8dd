# Plans the change from what was applied last ($applied: null or one state) to the configuration.
# Each line begins with its purpose:
#   reverse-path <0 off, 1 strict, 2 loose>
#   ipv6 <interface>            has IPv6 addresses
#   add <element> <command>     makes or replaces something; commands are those of ip -batch
#   remove <command>            takes away what is configured no longer
#   undo <command>              leads back after a command that failed
#   state <JSON>                what is applied when all is done
include "checks";

def most_routes: 1000;
def most_addresses: 16;
def mark: "proto 114";

def interface($element):
  (if type == "string" and startswith("port:") then .[5:] else "" end) as $number
  | if ($number | is_decimal_up_to(9999)) and (env["UN_PORT_PORT_\($number)"] != null)
    then env["UN_PORT_PORT_\($number)"]
    else refuse($element; "must name a port of the router such as \"port:0\", not \(tojson)")
    end;

def address($element):
  if is_ipv6_prefix and contains("/") then .
  else
    refuse($element; "must be an IPv6 address with prefix length such as \"2001:db8::1/64\", not \(tojson)")
  end;

def addresses:
  if has("ipv6") | not then []
  elif .ipv6 | type != "object" then refuse("/ipv6"; "must be an object, not \(.ipv6 | type)")
  else
    [ .ipv6 | to_entries[] | "/ipv6/\(.key)" as $element
      | (.key | interface($element)) as $interface
      | .value | list_of_up_to($element; most_addresses)
      | to_entries[] | "\($element)/\(.key)" as $element
      | .value | address($element)
      | { element: $element, interface: $interface, key: "\(.) dev \($interface)" } ]
  end;

def destination($element):
  if is_ipv4_prefix or is_ipv6_prefix then .
  else refuse($element; "must be an IPv4 or IPv6 network such as \"10.1.0.0/16\", not \(tojson)")
  end;

def gateway($element; $to):
  if ($to | is_ipv4_prefix) and is_ipv4_address then "via \(.)"
  elif ($to | is_ipv6_prefix) and is_ipv6_address then "via \(.)"
  else refuse($element; "must be an address of the same family as \($to), not \(tojson)")
  end;

def type($element):
  if has("type") | not then "unicast"
  else .type | one_of("\($element)/type"; ["unicast", "blackhole", "unreachable", "prohibit"])
  end;

def hops($element; $to):
  [ (select(has("via")) | .via | gateway("\($element)/via"; $to)),
    (select(has("port")) | .port | interface("\($element)/port") | "dev \(.)") ];

def check_hops($element; $type; $hops):
  if $type == "unicast" and $hops == [] then refuse($element; "needs via, port, or another type than unicast")
  elif $type != "unicast" and $hops != [] then refuse($element; "is \($type), so it has neither via nor port")
  else .
  end;

def route($index):
  "/routes/\($index)" as $element
  | object_of($element; ["comment", "metric", "port", "to", "type", "via"])
  | check_comment($element)
  | (required($element; "to") | destination("\($element)/to")) as $to
  | type($element) as $type
  | hops($element; $to) as $hops
  | check_hops($element; $type; $hops)
  | (if has("metric") then .metric | whole_number("\($element)/metric"; 1; 1000000000) else 1024 end) as $metric
  | { index: $index,
      element: $element,
      key: "\($to) metric \($metric)",
      command: (["\($type) \($to) metric \($metric) \(mark)"] + $hops | join(" ")) };

def check_duplicates:
  (group_by(.key)[] | select(length > 1) | sort_by(.index)
    | refuse(.[1].element; "has the same destination and metric as \(.[0].element)")),
  .;

def routes:
  if has("routes") | not then []
  else [.routes | list_of_up_to("/routes"; most_routes) | to_entries[] | .key as $index
      | .value | route($index)]
    | [check_duplicates] | .[-1]
  end;

def reverse_path:
  if has("reverse-path")
  then .["reverse-path"] | one_of("/reverse-path"; ["strict", "loose", "off"])
  else "strict"
  end;

def make:
  (.addresses[] | [.element, "address replace \(.key) nodad"]),
  (.routes[] | [.element, "route replace \(.command)"]);

# Routes first, because they may lean on addresses.
def take_away($kept):
  (.routes[] | select(.key | IN($kept.routes[].key) | not) | "route delete \(.key) \(mark)"),
  (.addresses[] | select(.key | IN($kept.addresses[].key) | not) | "address delete \(.key)");

def nothing: { addresses: [], routes: [] };

one_document
| object_of(""; ["ipv6", "reverse-path", "routes"])
| { "reverse-path": reverse_path, addresses: addresses, routes: routes } as $new
| ($applied // nothing) as $old
| "reverse-path \({ off: 0, strict: 1, loose: 2 }[$new["reverse-path"]])",
  ($new.addresses | map(.interface) | unique[] | "ipv6 \(.)"),
  ($new | make | "add \(.[0]) \(.[1])"),
  ($old | take_away($new) | "remove \(.)"),
  ($new | take_away($old) | "undo \(.)"),
  ($old | make | "undo \(.[1])"),
  "state \($new | tojson)"
