# A Linux bridge that only forwards: sourced after handler.sh, never run.
# shellcheck shell=sh

# Which bridge; a function that serves several graphs has one for each.
bridge=bridge0

bridge_exists() {
  [ -d "/proc/sys/net/ipv4/conf/$bridge" ]
}

# Joins ports in the bridge, which is made if need be. It sends no frame of its own: no spanning
# tree, no multicast queries, no answer to ARP. A port that is in it already stays.
join_ports() {
  batch=''
  bridge_exists || batch="link add $bridge up arp off type bridge stp_state 0 mcast_snooping 0"
  for port; do
    batch="$batch
link set $port master $bridge"
  done
  ip -batch - <<BATCH || fail "cannot join the ports $* in a bridge"
$batch
BATCH
}

# Whether bridged IP packets, plain or inside one VLAN tag, also pass connection tracking and the
# inet chains of nftables: 1 or 0. A new namespace has it on.
track_connections() {
  for protocol in iptables ip6tables; do
    switch=/proc/sys/net/bridge/bridge-nf-call-$protocol
    if [ -e "$switch" ]; then
      echo "$1" >"$switch"
    elif [ "$1" = 1 ]; then
      fail 'the kernel cannot track bridged connections: load its module br_netfilter'
    fi
  done
  tagged=/proc/sys/net/bridge/bridge-nf-filter-vlan-tagged
  [ ! -e "$tagged" ] || echo "$1" >"$tagged"
}
