# What the WireGuard functions share: sourced after handler.sh, never run.
#
# Encrypted packets bear the mark and take the routes to wan. Everything else has the table of the
# tunnels, in which nothing leads to wan: no packet of lan ever leaves unencrypted, and what comes
# in by wan is not forwarded.
# shellcheck shell=sh

mark=51820
table=51820
umask 077

# Makes the tunnels what the configuration says; if that fails, what they were.
serve() {
  [ $# -eq 5 ] || fail 'a WireGuard function needs exactly two ports, lan and wan'
  lan=$4
  wan=$5
  check_ports "$lan" "$wan"
  tunnel_exists || hold_packets
  read_configuration >settings.new || exit 1
  lan_subnet=$(ip -4 route show table main dev "$lan" scope link | sed -n '1s/ .*//p')
  [ -n "$lan_subnet" ] || fail "port lan ($lan) has no IPv4 subnet: set its unify-ip"
  disable_ipv6
  tunnel_exists || make_tunnel_device
  if ! (change settings.new settings); then
    [ ! -e settings ] || (change settings settings.new) 2>/dev/null
    exit 1
  fi
  route_ipv4
  mv settings.new settings
}

# From one file of settings to another, which may be absent.
change() {
  new=$1
  old=$2
  set_gateway
  set_peers
  set_routes
}

# Values of one kind in a file of settings.
settings() {
  sed -n "s/^$1 //p" "$2"
}

# With the private key that the configuration gives, else with one of our own, made once.
write_wg_configuration() {
  settings wg "$new" >wg.conf
  while read -r name _; do
    [ "$name" != PrivateKey ] || return 0
  done <wg.conf
  if [ ! -s private-key ]; then
    wg genkey >private-key.new || fail 'wg cannot make a private key'
    mv private-key.new private-key
  fi
  read -r key <private-key
  settings wg "$new" | sed '1d' >wg.peers
  {
    printf '[Interface]\nPrivateKey = %s\n' "$key"
    cat wg.peers
  } >wg.conf
}

tunnel_exists() {
  [ -d /proc/sys/net/ipv4/conf/wg0 ]
}

set_gateway() {
  gateway=$(settings gateway "$new")
  if [ -n "$gateway" ]; then
    ip route replace default via "$gateway" dev "$wan" ||
      fail "configuration /gateway $gateway is not in the subnet of port wan ($wan)"
  elif [ -e "$old" ] && [ -n "$(settings gateway "$old")" ]; then
    ip route delete default dev "$wan" || fail 'cannot remove the old gateway'
  fi
}

# Peers that stay keep their sessions. What wg says of a line that it does not take may have a key.
set_peers() {
  write_wg_configuration
  wg syncconf wg0 wg.conf 2>wg.said ||
    fail "wg refuses the configuration: $(sed '/[Kk]ey/d' wg.said)"
}

# Makes everything that is configured before it takes away what is no more.
set_routes() {
  ip -batch - <<BATCH || fail 'ip refuses the routes made from the configuration'
link set wg0 mtu $(settings mtu "$new") up
$(settings address "$new" | sed 's/.*/address replace & dev wg0/')
route replace unreachable default table $table metric 1000000
route replace $lan_subnet dev $lan table $table
$(settings route "$new" | sed "s/.*/route replace & dev wg0 table $table metric 1/")
BATCH
  case $(ip rule show pref 101) in
    '')
      ip -batch - <<BATCH || fail 'ip refuses the routing rules'
rule add pref 100 fwmark $mark lookup main
rule add pref 101 lookup $table
BATCH
      ;;
  esac
  [ ! -e "$old" ] || remove_old
}

remove_old() {
  {
    gone address | sed 's/.*/address delete & dev wg0/'
    gone route | sed "s/.*/route delete & dev wg0 table $table metric 1/"
  } >gone.batch
  # what went with the interface is gone already
  [ ! -s gone.batch ] || ip -force -batch gone.batch 2>/dev/null || :
}

# Values of one kind in the old settings that the new ones have not.
gone() {
  settings "$1" "$new" >kept
  if [ -s kept ]; then
    settings "$1" "$old" | grep -Fxv -f kept || :
  else
    settings "$1" "$old"
  fi
}

# A new namespace copies these from the host, so each one that matters is set here. WireGuard checks
# itself by what peer a source address came. Nothing is forwarded before there are routes and rules,
# without which it would go out by wan as it is.
route_ipv4() {
  ipv4=/proc/sys/net/ipv4
  echo 0 >$ipv4/conf/all/rp_filter
  echo 1 >$ipv4/conf/all/arp_ignore
  echo 0 >$ipv4/conf/all/accept_source_route
  echo 0 >$ipv4/conf/all/accept_redirects
  for scope in all "$lan" "$wan" wg0; do
    echo 0 >"$ipv4/conf/$scope/send_redirects"
  done
  echo 1 >"$ipv4/conf/$lan/rp_filter"
  echo 0 >"$ipv4/conf/$wan/rp_filter"
  echo 0 >$ipv4/conf/wg0/rp_filter
  echo 1 >$ipv4/ip_forward
  echo 0 >"$ipv4/conf/$wan/forwarding"
}

# The first line of the dump is this end's; its private key and those shared with peers are skipped.
print_status() {
  dump=$(wg show wg0 dump 2>&1) || fail "the tunnels do not answer: $dump"
  now=$(date +%s)
  tab=$(printf '\t')
  {
    IFS=$tab read -r _ public port _
    printf '{"public-key":"%s","listen-port":%s,"peers":[' "$public" "$port"
    separator=''
    while IFS=$tab read -r public _ endpoint networks handshake received sent keepalive; do
      print_peer
      separator=,
    done
    echo ']}'
  } <<DUMP
$dump
DUMP
}

print_peer() {
  case $endpoint in '(none)') endpoint=null ;; *) endpoint="\"$endpoint\"" ;; esac
  case $handshake in 0) age=null ;; *) age=$((now - handshake)) ;; esac
  case $networks in '(none)') networks='' ;; *) networks="\"$(echo "$networks" | sed 's/,/","/g')\"" ;; esac
  printf '%s{"public-key":"%s","endpoint":%s,"allowed-ips":[%s],' \
    "$separator" "$public" "$endpoint" "$networks"
  printf '"handshake-age-seconds":%s,"received-bytes":%s,"sent-bytes":%s,"keepalive":"%s"}' \
    "$age" "$received" "$sent" "$keepalive"
}
