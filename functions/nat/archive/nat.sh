# What the handlers of nat share: sourced after handler.sh and subnet.sh, never run.
#
# A nat serves one graph, whose mark is 0, or several with a mark each. What came in by a graph's
# port bears its mark: connections and fragments of different graphs are told apart by their zones,
# and routes are looked up in the graph's own table, before the kernel's with the addresses of all
# graphs. So graphs may have the same addresses, and a nat's in one may be a host's in another.
# Whatever the routes say, packets pass only between the two ports of one graph.
# shellcheck shell=sh disable=SC2154

mark=${UN_MARK:-0}
table=$((1000 + mark))

# Behind the rules of all marks, the greatest of which is 4095.
local_rule=10000

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
# back is checked by the rules, which know of marks. The kernel's own check of who asks by ARP does
# not: it would take a host for an impostor that has the nat's address in another graph. Forwarding
# comes last, when the rules are there.
route_ipv4() {
  ipv4=/proc/sys/net/ipv4
  echo 1 >$ipv4/fwmark_reflect
  for scope in all default; do
    echo 0 >$ipv4/conf/$scope/rp_filter
    echo 0 >$ipv4/conf/$scope/accept_source_route
    echo 0 >$ipv4/conf/$scope/accept_redirects
    echo 0 >$ipv4/conf/$scope/send_redirects
  done
  echo 1 >$ipv4/conf/all/src_valid_mark
  echo 1 >$ipv4/conf/all/accept_local
  echo 1 >$ipv4/conf/all/arp_ignore
  echo 2 >$ipv4/conf/all/arp_announce
  echo 1 >$ipv4/ip_forward
}

# The kernel's first rule, for the addresses of all graphs, gets behind the rules of the marks: what
# bears no mark, such as a question by ARP, needs it.
put_marks_first() {
  [ -n "$(ip rule show pref 0)" ] || return 0
  ip -batch - <<BATCH || fail 'cannot change the order of the routing rules'
rule add pref $local_rule lookup local
rule delete pref 0
BATCH
}

# What no graph has for itself. The maps and sets stay as they are if they are there. Zones come
# before fragments are put together (priority -400), so that those of two graphs never are.
load_base() {
  nft -f - <<'RULESET' || fail 'nft refuses the rules'
table ip un_nat {
  map zones { typeof iifname : ct zone; }
  map marks { type ifname : mark; }
  map forwards { type ifname : verdict; }
  set looped { type ifname . ifname; }
  set pairs { type ifname . ifname; }
  set outward { type ifname . ifname; }
  set masked { type ifname; }
  chain arriving { type filter hook prerouting priority -450; }
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
    iifname vmap @forwards
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

# Asks once for all that matters of what is there. Two routing rules of the same are no error, so
# one is added only if there is none.
read_ports() {
  shown=$(
    ip -oneline -4 -batch - <<BATCH
rule show pref $table
address show dev $lan
address show dev $wan
BATCH
  ) || fail "cannot look at the ports $lan and $wan"
  lan_address='' wan_address='' ruled=no
  while read -r first name family found _; do
    case "$first $name $family" in
      "$table: from all") ruled=yes ;;
      *": $lan inet") lan_address=${lan_address:-$found} ;;
      *": $wan inet") wan_address=${wan_address:-$found} ;;
    esac
  done <<SHOWN
$shown
SHOWN
  [ -n "$lan_address" ] || fail "port lan ($lan) has no IPv4 subnet: set its unify-ip"
  [ -n "$wan_address" ] || fail "port wan ($wan) has no IPv4 subnet: set its unify-ip"
}

# Adds what the graph's table has of a port, and sets address to the port's own.
add_port() {
  address=${2%/*} prefix=${2#*/}
  read_subnet
  to_address "$subnet_first"
  routes="${routes}route replace local $address dev $1 table $table
route replace $text/$prefix dev $1 table $table
"
  [ "$prefix" -lt 31 ] || return 0
  to_address "$subnet_last"
  routes="${routes}route replace broadcast $text dev $1 table $table
"
}

# Addresses, both subnets and the gateway; what is elsewhere has no way.
set_routes() {
  routes=''
  add_port "$lan" "$lan_address"
  add_port "$wan" "$wan_address"
  default='unreachable default'
  [ -z "$gateway" ] || default="default via $gateway dev $wan"
  ip -batch - <<BATCH || fail "configuration /gateway $gateway is not in the subnet of port wan ($wan)"
${routes}route replace $default table $table
BATCH
}

set_rule() {
  [ $ruled = yes ] || ip rule add pref "$table" fwmark "$mark/0xffffffff" lookup "$table" ||
    fail 'cannot add a routing rule'
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
    ip daddr != $address return
    $forwards
  }
}
add element ip un_nat zones { "$lan" : $mark, "$wan" : $mark }
add element ip un_nat marks { "$lan" : $mark, "$wan" : $mark }
add element ip un_nat pairs { "$lan" . "$wan", "$wan" . "$lan" }
add element ip un_nat outward { "$lan" . "$wan" }
add element ip un_nat forwards { "$lan" : goto forward_$mark, "$wan" : goto forward_$mark }
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
add element ip un_nat forwards { "$lan" : goto forward_$mark, "$wan" : goto forward_$mark }
add element ip un_nat looped { "$lan" . "$lan" }
add element ip un_nat masked { "$wan" }
delete element ip un_nat zones { "$lan", "$wan" }
delete element ip un_nat marks { "$lan", "$wan" }
delete element ip un_nat pairs { "$lan" . "$wan", "$wan" . "$lan" }
delete element ip un_nat outward { "$lan" . "$wan" }
delete element ip un_nat forwards { "$lan", "$wan" }
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
  read_ports
  set_routes
  set_rule
  load_rules
}
