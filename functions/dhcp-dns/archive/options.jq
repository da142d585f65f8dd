# What the values of DHCP's options are, and how dnsmasq is told them: it would take any text for any
# option, and guess how many bytes a number has.
include "checks";

# RFC 2132, but 138 (RFC 5417) and 150 (RFC 5859).
def lists_of_addresses:
  [4, 5, 7, 8, 9, 10, 11, 41, 42, 44, 45, 48, 49, 65, 138, 150] + [range(68; 77)];
def single_addresses: [16, 32];
def pairs_of_addresses: [21, 33];
def flags: [19, 20, 27, 29, 30, 31, 34, 36, 39];
def texts: [14, 17, 18, 40, 47, 64, 66, 67];

# Lists of a network and its router, in turn: RFC 3442, and the same under another number.
def classless_routes: [121, 249];

# Bytes, the least and the greatest number.
def numbers:
  { "2": [4, -2147483648, 2147483647], "13": [2, 1, 65535], "22": [2, 576, 65535],
    "23": [1, 1, 255], "24": [4, 0, 4294967295], "26": [2, 68, 65535], "35": [4, 0, 4294967295],
    "37": [1, 1, 255], "38": [4, 0, 4294967295], "46": [1, 1, 8] };

def hexadecimal($bytes):
  (if . < 0 then . + 4294967296 else . end) as $number
  | [range($bytes - 1; -1; -1) as $byte | ($number / pow(256; $byte) | floor) % 256
      | "0123456789abcdef"[(. / 16 | floor):(. / 16 | floor) + 1]
        + "0123456789abcdef"[. % 16:. % 16 + 1]]
  | join(":");

# Of one byte alone dnsmasq would not know that it is hexadecimal.
def number_of($element; $bytes; $least; $most):
  if test("^-?(0|[1-9][0-9]{0,9})$") and (tonumber | . >= $least and . <= $most) then
    if $bytes == 1 then "\(.)b" else tonumber | hexadecimal($bytes) end
  else refuse($element; "must be a whole number from \($least) to \($most), not \(tojson)")
  end;

def addresses_of($element; $what; enough):
  if split(",") | (length | enough) and all(is_ipv4_address) then .
  else refuse($element; "must be \($what), not \(tojson)")
  end;

def routes_of($element):
  if split(",")
    | length > 0 and length % 2 == 0
      and ([range(0; length; 2) as $i | .[$i:$i + 2]]
        | all((.[0] | is_ipv4_prefix and contains("/")) and (.[1] | is_ipv4_address)))
  then .
  else
    refuse($element;
      "must be networks and their routers in turn, such as \"10.1.0.0/16,10.0.0.9\", not \(tojson)")
  end;

def is_domain: split(".") | all(test("^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$"));

def domains_of($element):
  if split(",") | all(is_domain) then .
  else refuse($element; "must be domain names such as \"a.example,b.example\", not \(tojson)")
  end;

# The value of an option as dnsmasq takes it. What kind those have that are named nowhere above is
# left to dnsmasq.
def option_text($element; $number):
  ($number | tostring) as $key
  | if numbers | has($key) then
    numbers[$key] as [$bytes, $least, $most]
    | number_of($element; $bytes; $least; $most)
  elif $number | IN(flags[]) then number_of($element; 1; 0; 1)
  elif $number | IN(lists_of_addresses[]) then
    addresses_of($element; "IPv4 addresses joined by commas"; . > 0)
  elif $number | IN(single_addresses[]) then addresses_of($element; "an IPv4 address"; . == 1)
  elif $number | IN(pairs_of_addresses[]) then
    addresses_of($element; "IPv4 addresses in pairs"; . % 2 == 0)
  elif $number | IN(classless_routes[]) then routes_of($element)
  elif $number == 119 then domains_of($element)
  elif $number | IN(texts[]) then "\"\(.)\""
  else .
  end;
