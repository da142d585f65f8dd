# Prints the files of dnsmasq, each line after the name of its file, and the gateway.
# $ENV.subnet is the subnet of lan: its first and last address as numbers.
include "checks";
include "names";
include "options";

def most_hosts: 1000;
def most_names: 10000;
def most_options: 50;

# Those that say who leases what, and those that have a key of their own.
def own_options: [0, 1, 3, 6, 12, 15, 28, 255] + [range(50; 62)];

def address_number: split(".") | reduce .[] as $byte (0; . * 256 + ($byte | tonumber));

def address_on_lan($element):
  address($element) as $address
  | ($address | address_number) as $number
  | ($ENV.subnet | split(" ") | map(tonumber)) as $subnet
  | if $number > $subnet[0] and $number < $subnet[1] then $address
    else refuse($element; "\($address) is not in the subnet of port lan")
    end;

def required($element; $key):
  if has($key) then .[$key] else refuse($element; "needs \($key)") end;

# Of a key that may be absent.
def elements($key; $most):
  if has($key) then .[$key] | list("/\($key)"; $most) else empty end;

def whole_number($element; $first; $last):
  if type == "number" and . == floor and . >= $first and . <= $last then floor
  else refuse($element; "must be a number from \($first) to \($last), not \(tojson)")
  end;

def is_hex_pair: length == 2 and (ascii_downcase | explode
  | all((. >= 48 and . <= 57) or (. >= 97 and . <= 102)));

def mac($element):
  if type == "string" and (split(":") | length == 6 and all(is_hex_pair)) then ascii_downcase
  else refuse($element; "must be a MAC address such as \"02:00:00:00:00:01\", not \(tojson)")
  end;

def option_value($element):
  if type == "string" and length >= 1 and length <= 250
    and (explode | all((. >= 48 and . <= 57) or (. >= 65 and . <= 90) or (. >= 97 and . <= 122)
      or ([.] | implode | IN(".", ",", ":", "/", "_", "-", "@", "=", "+"))))
  then .
  else
    refuse($element;
      "must be 1 to 250 of the characters A-Z a-z 0-9 . , : / _ - @ = +, not \(tojson)")
  end;

def unlike($values):
  ($values | group_by(.value) | map(select(length > 1))) as $twice
  | if $twice == [] then .
    else refuse($twice[0][1].element; "is that of \($twice[0][0].element), too")
    end;

def range:
  required(""; "range") | object_of("/range"; ["first", "last"])
  | {first: (required("/range"; "first") | address_on_lan("/range/first")),
     last: (required("/range"; "last") | address_on_lan("/range/last"))}
  | if (.first | address_number) <= (.last | address_number) then .
    else refuse("/range"; "must not end before it begins")
    end;

def lease_seconds:
  if has("lease-seconds") then .["lease-seconds"] | whole_number("/lease-seconds"; 120; 31536000)
  else 3600
  end;

def host:
  .element as $element | .value | object_of($element; ["mac", "address", "name"])
  | {element: $element,
     mac: (required($element; "mac") | mac("\($element)/mac")),
     address: (required($element; "address") | address_on_lan("\($element)/address")),
     name: (if has("name") then .name | name("\($element)/name") else null end)};

def hosts:
  [elements("hosts"; most_hosts) | host]
  | unlike(map({element: "\(.element)/mac", value: .mac}))
  | unlike(map({element: "\(.element)/address", value: .address}))
  | .[] | "hosts " + ([.mac, .address, (.name // empty)] | join(","));

def names:
  elements("names"; most_names)
  | .element as $element | .value | object_of($element; ["name", "address"])
  | "names " + (required($element; "address") | address("\($element)/address"))
    + " " + (required($element; "name") | name("\($element)/name"));

def addresses($key; $most):
  [elements($key; $most) | .element as $element | .value | address($element)];

def options:
  [elements("options"; most_options)
    | .element as $element | .value | object_of($element; ["number", "value"])
    | {element: "\($element)/number",
       value: (required($element; "number") | whole_number("\($element)/number"; 1; 254)),
       text: (.number as $number | required($element; "value")
         | option_value("\($element)/value") | option_text("\($element)/value"; $number))}
    | if .value | IN(own_options[])
      then refuse(.element; "\(.value) is set by the function itself")
      else .
      end]
  | unlike(.)
  | .[] | "options \(.value),\(.text)";

def router:
  if has("router") then "options 3,\(.router | address_on_lan("/router"))" else "options 3" end;

def dns_servers:
  addresses("dns-servers"; most_servers)
  | if . == [] then empty else "options 6,\(join(","))" end;

def domain:
  if has("domain")
  then .domain | name("/domain")
    | "dnsmasq.conf domain=\(.)", "dnsmasq.conf local=/\(.)/", "dnsmasq.conf expand-hosts"
  else empty
  end;

def probe:
  if has("probe") | not then empty
  elif .probe | one_of("/probe"; [true, false]) then empty
  else "dnsmasq.conf no-ping"
  end;

def pool:
  lease_seconds as $seconds | range
  | ((.last | address_number) - (.first | address_number) + 1) as $size
  | if $size > 65536 then refuse("/range"; "has \($size) addresses; at most 65536 are allowed")
    else "dnsmasq.conf dhcp-range=\(.first),\(.last),\($seconds)",
      "dnsmasq.conf dhcp-lease-max=\($size + most_hosts)"
    end;

def gateway: if has("gateway") then "gateway \(.gateway | address("/gateway"))" else empty end;

one_document
| object_of(""; ["range", "lease-seconds", "probe", "router", "dns-servers", "domain", "options",
    "hosts", "names", "upstream", "gateway"])
| pool, domain, probe, router, dns_servers, options, hosts, names,
  (addresses("upstream"; most_servers)[] | "servers server=\(.)"), gateway
