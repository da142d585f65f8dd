# Prints what makes the configuration: lines for tc after "tc ", rules for nft after "nft ", and for
# each direction that is shaped "direction <interface> <last class in hexadecimal>".
include "checks";
include "addresses";

def most_classes: 64;
def most_kbit: 10000000;
def names: ["lan-to-wan", "wan-to-lan"];

# The classes of HTB: 1:1 is the whole direction, 1:2 is for the rest, the others follow.
def class_id: "1:\(. | hex_text(4))";
def rest_class: 2;
def first_class: 16;

def kbit($element):
  . as $text
  | if type != "string" then null
    else
      [["kbit", 1], ["mbit", 1000], ["gbit", 1000000]]
      | map(. as [$unit, $factor]
        | select($text | endswith($unit))
        | $text | rtrimstr($unit)
        | select(length <= 8 and length >= 1 and (explode | all(. >= 48 and . <= 57)))
        | tonumber * $factor)
      | first
    end
  | if . != null and . >= 8 and . <= most_kbit then .
    else refuse($element;
      "must be a rate from 8kbit to 10gbit such as \"512kbit\", not \($text | tojson)")
    end;

def whole_number($element; $least; $most):
  if type == "number" and . == floor and . >= $least and . <= $most then floor
  else refuse($element; "must be a whole number from \($least) to \($most), not \(tojson)")
  end;

def priority($element):
  if has("priority") then .priority | whole_number("\($element)/priority"; 0; 7) else 7 end;

def network($element):
  prefix_numbers as $numbers
  | if $numbers == null
    then refuse($element; "must be an IPv4 or IPv6 network such as \"10.0.0.0/24\", not \(tojson)")
    else {text: ., family: (if $numbers | is_ipv6 then "ip6" else "ip" end)}
    end;

def networks($element):
  [ (select(has("source")) | .source | network("\($element)/source") + {side: "saddr"}),
    (select(has("destination")) | .destination
      | network("\($element)/destination") + {side: "daddr"}) ]
  | if map(.family) | unique | length > 1
    then refuse($element; "has networks of two families, so that nothing matches")
    else .
    end;

def matches($element):
  networks($element) as $networks
  | (if has("dscp") then .dscp | whole_number("\($element)/dscp"; 0; 63) else null end) as $dscp
  | if $networks == [] and $dscp == null
    then refuse($element; "needs a source, a destination or a dscp")
    else .
    end
  | ($networks | map(.family) | unique | if . == [] then ["ip", "ip6"] else . end)[] as $family
  | [($networks[] | "\($family) \(.side) \(.text)"), (select($dscp != null) | "\($family) dscp \($dscp)")]
  | join(" ");

# Of a class, or of the rest; $left is the rate that nobody else is sure of.
def rates($element; $total; $left):
  (if has("ceil") then .ceil | kbit("\($element)/ceil") else $total end) as $ceil
  | (if has("rate") then .rate | kbit("\($element)/rate")
    elif $left != null then [[$left, 8] | max, $ceil] | min
    else refuse($element; "needs a rate")
    end) as $rate
  | if $rate > $ceil then refuse($element; "has a rate above its ceil")
    elif $ceil > $total then refuse("\($element)/ceil"; "is above the rate of its direction")
    else {rate: $rate, ceil: $ceil, priority: priority($element)}
    end;

def class($element; $total):
  object_of($element; ["ceil", "destination", "dscp", "priority", "rate", "source"])
  | rates($element; $total; null) + {rules: [matches($element)]};

def classes($element; $total):
  if has("classes") | not then []
  elif .classes | type != "array"
  then refuse("\($element)/classes"; "must be an array, not \(.classes | type)")
  elif .classes | length > most_classes
  then refuse("\($element)/classes";
    "has \(.classes | length) elements; at most \(most_classes) are allowed")
  else
    [.classes | to_entries[] | .key as $index
      | .value | class("\($element)/classes/\($index)"; $total)]
  end;

# Five milliseconds of a rate in bytes, so that a late timer costs nothing.
def burst: [. * 5 / 8 | floor, 3200] | max;

# A share of what is left over follows the rate.
def quantum: [[. * 125 / 10 | floor, 1514] | max, 60000] | min;

# The queue of a class splits what offloading left together, so that it holds and loses packets one
# by one; its own rate is beyond any.
def queue($device; $id; $milliseconds):
  ([.ceil * $milliseconds / 8 | floor, 20000] | max) as $limit
  | "tc qdisc replace dev \($device) parent \($id | class_id) handle \($id | hex_text(4)): "
    + "tbf rate 32gbit burst 10000b limit \($limit)b";

def class_lines($device; $id; $milliseconds):
  "tc class replace dev \($device) parent 1:1 classid \($id | class_id) htb "
  + "rate \(.rate)kbit ceil \(.ceil)kbit burst \(.rate | burst)b cburst \(.ceil | burst)b "
  + "quantum \(.rate | quantum) prio \(.priority)",
  queue($device; $id; $milliseconds);

def direction($element; $device):
  object_of($element; ["classes", "latency", "rate", "rest"])
  | (if has("rate") then .rate | kbit("\($element)/rate") else refuse($element; "needs a rate") end)
    as $total
  | (if has("latency") then .latency | whole_number("\($element)/latency"; 1; 10000) else 50 end)
    as $milliseconds
  | classes($element; $total) as $classes
  | ($classes | map(.rate) | add // 0) as $promised
  | ((.rest // {}) | object_of("\($element)/rest"; ["ceil", "priority", "rate"])
    | rates("\($element)/rest"; $total; $total - $promised)) as $rest
  | if $promised + $rest.rate > $total + 8
    then refuse($element; "promises \($promised + $rest.rate)kbit, more than its rate of \($total)kbit")
    else .
    end
  | "direction \($device) \(first_class + ($classes | length) - 1)",
    ( "tc class replace dev \($device) parent 1: classid 1:1 htb rate \($total)kbit "
      + "ceil \($total)kbit burst \($total | burst)b cburst \($total | burst)b "
      + "quantum \($total | quantum)" ),
    ($rest | class_lines($device; rest_class; $milliseconds)),
    ($classes | to_entries[] | .key as $index
      | .value | class_lines($device; first_class + $index; $milliseconds)),
    ( $classes | to_entries[] | .key as $index | .value.rules[]
      | "nft oifname \"\($device)\" \(.) meta priority set \(first_class + $index | class_id) accept" ),
    "nft oifname \"\($device)\" meta priority set \(rest_class | class_id)";

one_document
| object_of(""; names)
| . as $configuration
| names[] | . as $name
| select($configuration | has($name))
| ($configuration[$name]
  | direction("/\($name)"; if $name == "lan-to-wan" then $ENV.UN_PORT_WAN_0 else $ENV.UN_PORT_LAN_0 end))
