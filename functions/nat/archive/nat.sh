# What the handlers of nat share: sourced after handler.sh, never run.
#
# A nat serves one graph, whose mark is 0, or several with a mark each. What came in by a graph's
# port bears its mark: connections of different graphs are told apart by their zones, and routes are
# looked up in the graph's own table. So graphs may have the same addresses, but the kernel looks up
# the nat's own ones first, whichever graph they are of: an address of a port may be no host's of
# another graph. Whatever the routes say, packets pass only between the two ports of one graph.
# shellcheck shell=sh

mark=${UN_MARK:-0}
table=$((1000 + mark))

read_settings() {
  settings='true '
  forwards=''
  if configured; then
    settings=$(read_configuration) || exit 1
    forwards=$(printf '%s\n' "$settings" | sed 1d)
    settings=$(printf '%s\n' "$settings" | sed -n 1p)
  fi
  masquerade=${settings%% *}
  gateway=${settings#* }
}

# A new namespace copies these from the host, so each one that matters is set here. A packet's way
# back is checked by the rules, which know of marks.
route_ipv4() {
  ipv4=/proc/sys/net/ipv4
  echo 1 >$ipv4/ip_forward
  echo 1 >$ipv4/fwmark_reflect
  echo 1 >$ipv4/conf/all/arp_ignore
  echo 2 >$ipv4/conf/all/arp_announce
  for scope in all default; do
    echo 0 >$ipv4/conf/$scope/rp_filter
    echo 0 >$ipv4/conf/$scope/accept_source_route
    echo 0 >$ipv4/conf/$scope/accept_redirects
    echo 0 >$ipv4/conf/$scope/send_redirects
  done
}

# What no graph has for itself. The maps and sets stay as they are if they are there.
load_base() {
  nft -f - <<'RULESET' || fail 'nft refuses the rules'
table ip un_nat {
  map zones { typeof iifname : ct zone; }
  map marks { type ifname : mark; }
  map forwards { type ifname : verdict; }
  map loops { type ifname : verdict; }
  set looped { type ifname . ifname; }
  set pairs { type ifname . ifname; }
  set outward { type ifname . ifname; }
  set masked { type ifname; }
  chain arriving { type filter hook prerouting priority raw; }
  chain translated { type nat hook prerouting priority dstnat; }
  chain forwarded { type filter hook forward priority filter; policy drop; }
  chain leaving { type nat hook postrouting priority srcnat; }
}
flush chain ip un_nat arriving
flush chain ip un_nat translated
flush chain ip un_nat forwarded
flush chain ip un_nat leaving
table ip un_nat {
  chain arriving {
    ct zone set iifname map @zones
    meta mark set iifname map @marks
    iifname @marks fib saddr . mark . iif oif 0 counter drop
  }
  chain translated {
    fib daddr type local iifname vmap @forwards
    fib daddr type local fib daddr . iif type != local iifname vmap @loops
  }
  chain forwarded {
    ct state established,related iifname . oifname @pairs accept
    ct state new iifname . oifname @outward counter accept
    ct state new ct status dnat iifname . oifname @pairs counter accept
    ct status dnat iifname . oifname @looped counter accept
  }
  chain leaving {
    oifname @masked counter masquerade
    ct status dnat iifname . oifname @looped counter masquerade
  }
}
RULESET
}

# The kernel's list of routes says, without a process, which ports have an address.
read_routes() {
  lan_subnet='' wan_subnet=''
  while read -r interface destination router _ _ _ _ mask _; do
    case "$interface $router" in
      "$lan 00000000") lan_subnet="$destination $mask" ;;
      "$wan 00000000") wan_subnet="$destination $mask" ;;
    esac
  done </proc/net/route
  [ -n "$lan_subnet" ] || fail "port lan ($lan) has no IPv4 subnet: set its unify-ip"
  [ -n "$wan_subnet" ] || fail "port wan ($wan) has no IPv4 subnet: set its unify-ip"
}

# 0001A8C0 00FFFFFF, in the kernel's order of bytes, as 192.168.1.0/255.255.255.0: only on machines
# with the low byte first, as all that we know.
subnet() {
  address=$1 mask=$2
  dotted "$address"
  network=$text
  dotted "$mask"
  text="$network/$text"
}

dotted() {
  rest=$1 text=''
  while [ -n "$rest" ]; do
    head=${rest%??}
    text="$text${text:+.}$((0x${rest#"$head"}))"
    rest=$head
  done
}

# Both subnets and the gateway in the graph's table; what is elsewhere has no way.
set_routes() {
  # shellcheck disable=SC2086 # two words
  subnet $lan_subnet
  batch="route replace $text dev $lan table $table"
  # shellcheck disable=SC2086 # two words
  subnet $wan_subnet
  batch="$batch
route replace $text dev $wan table $table"
  if [ -n "$gateway" ]; then
    batch="$batch
route replace default via $gateway dev $wan table $table"
  else
    batch="$batch
route replace unreachable default table $table"
  fi
  ip -batch - <<BATCH || fail "configuration /gateway $gateway is not in the subnet of port wan ($wan)"
$batch
BATCH
}

# Asked for before it is made, for two of the same are no error.
set_rule() {
  case $(ip rule show pref "$table") in
    '')
      ip rule add pref "$table" fwmark "$mark/0xffffffff" lookup "$table" ||
        fail 'cannot add a routing rule'
      ;;
  esac
}

# Only lan opens connections, and those to forwarded ports come from wan, or from a host of lan that
# asks for wan's address: that one is hidden behind lan's, as the answer must come back this way.
load_rules() {
  case $masquerade in
    true) masked="add element ip un_nat masked { \"$wan\" }" ;;
    *)
      masked="add element ip un_nat masked { \"$wan\" }
delete element ip un_nat masked { \"$wan\" }"
      ;;
  esac
  nft -f - <<RULESET || fail 'nft refuses the rules'
add chain ip un_nat forward_$mark
flush chain ip un_nat forward_$mark
table ip un_nat {
  chain forward_$mark {
    $forwards
  }
}
add element ip un_nat zones { "$lan" : $mark, "$wan" : $mark }
add element ip un_nat marks { "$lan" : $mark, "$wan" : $mark }
add element ip un_nat pairs { "$lan" . "$wan", "$wan" . "$lan" }
add element ip un_nat outward { "$lan" . "$wan" }
add element ip un_nat forwards { "$wan" : goto forward_$mark }
add element ip un_nat loops { "$lan" : goto forward_$mark }
add element ip un_nat looped { "$lan" . "$lan" }
$masked
RULESET
}

# Whatever of the graph is there; added before it is deleted, for only what is there can be.
unload_rules() {
  nft -f - <<RULESET || fail 'nft refuses to remove the rules'
add chain ip un_nat forward_$mark
add element ip un_nat zones { "$lan" : $mark, "$wan" : $mark }
add element ip un_nat marks { "$lan" : $mark, "$wan" : $mark }
add element ip un_nat pairs { "$lan" . "$wan", "$wan" . "$lan" }
add element ip un_nat outward { "$lan" . "$wan" }
add element ip un_nat forwards { "$wan" : goto forward_$mark }
add element ip un_nat loops { "$lan" : goto forward_$mark }
add element ip un_nat looped { "$lan" . "$lan" }
add element ip un_nat masked { "$wan" }
delete element ip un_nat zones { "$lan", "$wan" }
delete element ip un_nat marks { "$lan", "$wan" }
delete element ip un_nat pairs { "$lan" . "$wan", "$wan" . "$lan" }
delete element ip un_nat outward { "$lan" . "$wan" }
delete element ip un_nat forwards { "$wan" }
delete element ip un_nat loops { "$lan" }
delete element ip un_nat looped { "$lan" . "$lan" }
delete element ip un_nat masked { "$wan" }
delete chain ip un_nat forward_$mark
RULESET
}

take_ports() {
  [ $# -eq 5 ] || fail 'a nat needs exactly two ports, lan and wan'
  lan=$4
  wan=$5
  check_ports "$lan" "$wan"
}

# Makes the graph's part what its configuration says.
serve() {
  take_ports "$@"
  read_settings
  read_routes
  set_routes
  set_rule
  load_rules
}
