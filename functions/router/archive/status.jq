# What an operator wants to see, from ip's lists: addresses, IPv4 routes, IPv6 routes, neighbours.

def ports:
  (INDEX($ENV | to_entries[] | select(.key | startswith("UN_PORT_PORT_")); .value)
    | map_values("port:" + .key[13:])) as $names
  | [.[] | select($names[.ifname])
    | { key: $names[.ifname],
        value: {
          interface: .ifname,
          mtu,
          addresses: [.addr_info[] | "\(.local)/\(.prefixlen)"] } }]
  | from_entries;

def route:
  {to: .dst} + if .gateway then {via: .gateway, interface: .dev} else {refuse: (.type // "unicast")} end;

def silent_gateways($routes):
  ($routes | map(.gateway // empty) | unique) as $gateways
  | [.[] | select(.dst | IN($gateways[])) | select(any(.state[]; . == "FAILED")) | .dst] | unique;

def counters:
  ($ip6 | split("\n") | map(split(" ") | map(select(. != ""))) | map(select(length == 2))
    | map({key: .[0], value: (.[1] | tonumber)}) | from_entries) as $six
  | { ipv4: {forwarded: ($forwarded | tonumber), "without-route": ($lost | tonumber)},
      ipv6: {
        forwarded: ($six.Ip6OutForwDatagrams // 0),
        "without-route": ($six.Ip6InNoRoutes // 0) } };

.[0] as $links | (.[1] + .[2]) as $routes | .[3] as $neighbours
| { ports: ($links | ports),
    routes: ($routes | map(route)),
    "silent-gateways": ($neighbours | silent_gateways($routes)),
    packets: counters }
