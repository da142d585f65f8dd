# What the handlers of firewall share: sourced after handler.sh and bridge.sh, never run.
#
# A firewall serves one graph, whose mark is 0, or several with a mark each. Each graph has a bridge
# and chains of its own, and its connections are tracked in a zone of their own.
#
# Not every kernel tracks connections in the bridge family, so the rules are in the inet family,
# which sees a bridged packet without its ports. Hence the packet's own mark: 3 is allowed, four
# times the graph's mark and 1 came from lan, and 2 came from wan. An IP packet that no rule has seen
# does not leave.
#
# Rules decide on connections, by the packet that opened one. An allowed connection keeps the
# generation of the rules that allowed it, so that its packets need no rule; new rules bring a new
# generation and thereby decide again on every open connection. Tables and base chains are flushed,
# never deleted: while nft replaces a base chain, packets meet only its policy.
# shellcheck shell=sh

mark=${UN_MARK:-0}
from_lan=$((4 * mark + 1))
from_wan=$((4 * mark + 2))

take_ports() {
  [ $# -eq 5 ] || fail 'a firewall needs exactly two ports, lan and wan'
  lan=$4
  wan=$5
  check_ports "$lan" "$wan"
}

# What no graph has for itself. Maps stay as they are if they are there. Zones come before fragments
# are put together (priority -400), so that those of two graphs never are.
load_base() {
  track_connections 1
  nft -f - <<'RULESET' || fail 'nft refuses the rules'
table inet un_firewall {
  map zones { typeof meta mark : ct zone; }
  map graphs { type mark : verdict; }
  chain arriving { type filter hook prerouting priority -450; }
  chain forward { type filter hook forward priority filter; policy drop; }
}
table bridge un_firewall {
  map marks { type ifname : mark; }
  map graphs { type ifname : verdict; }
  chain prerouting { type filter hook prerouting priority dstnat; }
  chain forward { type filter hook forward priority 10; }
}
flush chain inet un_firewall arriving
flush chain inet un_firewall forward
flush chain bridge un_firewall prerouting
flush chain bridge un_firewall forward
table inet un_firewall {
  chain arriving {
    ct zone set meta mark map @zones
  }
  chain forward {
    meta mark vmap @graphs
  }
}
table bridge un_firewall {
  chain prerouting {
    meta mark set iifname map @marks
  }
  chain forward {
    meta mark 3 accept
    meta protocol arp accept
    meta protocol { ip, ip6 } drop
    iifname vmap @graphs
  }
}
RULESET
}

# Lets everything pass, as if there never were rules. What was denied stays so until nothing is
# tracked any more; that no IP packet leaves which no rule has seen ends before, so none is lost.
unload_base() {
  nft -f - <<'RULESET' || fail 'nft refuses to let everything pass'
table bridge un_firewall {
  chain forward { type filter hook forward priority 10; }
}
flush chain bridge un_firewall forward
RULESET
  track_connections 0
  nft -f - <<'RULESET' || fail 'nft refuses to remove the rules'
table inet un_firewall
delete table inet un_firewall
delete table bridge un_firewall
RULESET
}

# The graph's rules in one transaction.
load_rules() {
  read -r uuid </proc/sys/kernel/random/uuid
  uuid=${uuid#?}
  generation=0x1${uuid%%-*}
  rules=$(read_configuration) || exit 1
  rules=$(printf '%s\n' "$rules" |
    sed "s/chain \([a-z_]*\) {/chain \1_$mark {/; s/goto pass\([ ]\|\$\)/goto pass_$mark\1/")
  nft -f - <<RULESET || fail 'nft refuses the rules made from the configuration'
$(chains "add chain")
$(chains "flush chain")
table inet un_firewall {
  chain pass_$mark {
    ct mark set $generation meta mark set 3 accept
  }
}

$rules

table inet un_firewall {
  chain graph_$mark {
    ct mark $generation meta mark set 3 accept
    ct state related meta mark set 3 accept
    icmpv6 type {
      nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, nd-router-advert,
      mld-listener-query, mld-listener-report, mld-listener-done, mld2-listener-report
    } meta mark set 3 accept
    meta mark $from_lan ct direction original goto lan_to_wan_$mark
    meta mark $from_wan ct direction reply goto lan_to_wan_$mark
    meta mark $from_wan ct direction original goto wan_to_lan_$mark
    meta mark $from_lan ct direction reply goto wan_to_lan_$mark
  }
}
$(elements 'add element')
RULESET
}

# Whatever of the graph is there; added before it is deleted, for only what is there can be.
unload_rules() {
  nft -f - <<RULESET || fail 'nft refuses to remove the rules'
$(chains "add chain")
$(elements 'add element')
delete element inet un_firewall zones { $from_lan, $from_wan }
delete element inet un_firewall graphs { $from_lan, $from_wan }
delete element bridge un_firewall marks { "$lan", "$wan" }
delete element bridge un_firewall graphs { "$lan", "$wan" }
$(chains "flush chain")
$(chains "delete chain")
RULESET
}

# The graph's chains, those first that go to others.
chains() {
  for chain in graph lan_to_wan wan_to_lan pass; do
    echo "$1 inet un_firewall ${chain}_$mark"
  done
  echo "$1 bridge un_firewall other_protocols_$mark"
}

elements() {
  cat <<ELEMENTS
$1 inet un_firewall zones { $from_lan : $mark, $from_wan : $mark }
$1 inet un_firewall graphs { $from_lan : goto graph_$mark, $from_wan : goto graph_$mark }
$1 bridge un_firewall marks { "$lan" : $from_lan, "$wan" : $from_wan }
$1 bridge un_firewall graphs { "$lan" : goto other_protocols_$mark, "$wan" : goto other_protocols_$mark }
ELEMENTS
}
