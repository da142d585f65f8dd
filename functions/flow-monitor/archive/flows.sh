# How flows are counted: sourced after handler.sh, never run.
#
# A flow is what has addresses, protocol and ports in common, in one direction. Its entry in the set
# of flows counts it for a window of time that begins with its first packet; if it lasts longer, it
# then begins anew. The set beside it has the time of its last packet. Both times are told by what
# entries have left. What finds the sets full goes its way uncounted by flow.
#
# The kernel's tracking of connections is not used: it puts fragments together, and drops packets of
# new connections when its table is full.
# shellcheck shell=sh disable=SC2154

counts_flows() {
  nft list counter bridge un_flows not_ip >/dev/null 2>&1
}

load_rules() {
  flows=${sizes% *}
  window=${sizes#* }
  nft -f - <<RULESET || fail 'nft refuses the rules'
table bridge un_flows
delete table bridge un_flows
table bridge un_flows {
  counter lan_to_wan { }
  counter wan_to_lan { }
  counter not_ip { }
  counter beyond_limit { }
  $(set_of flows4 ipv4_addr)
  $(set_of seen4 ipv4_addr)
  $(set_of flows6 ipv6_addr)
  $(set_of seen6 ipv6_addr)
  chain count4 {
    $(rules 4 'ip saddr . ip daddr')
  }
  chain count6 {
    $(rules 6 'ip6 saddr . ip6 daddr')
  }
  chain forward {
    type filter hook forward priority filter; policy accept;
    iifname "$lan" counter name lan_to_wan
    iifname "$wan" counter name wan_to_lan
    meta protocol vmap { ip : goto count4, ip6 : goto count6 }
    counter name not_ip
  }
}
RULESET
}

set_of() {
  echo "set $1 {
    type $2 . $2 . inet_proto . inet_service . inet_service
    size $flows; timeout ${window}s; flags dynamic,timeout;
  }"
}

# Fragments but the first, and other protocols, have no ports.
rules() {
  protocols='meta l4proto { tcp, udp, sctp, dccp, udplite }'
  ports="$2 . meta l4proto . th sport . th dport"
  none="$2 . meta l4proto . 0 . 0"
  echo "$protocols update @seen$1 { $ports } add @flows$1 { $ports counter } return
    update @seen$1 { $none } add @flows$1 { $none counter } return
    counter name beyond_limit"
}
