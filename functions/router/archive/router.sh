# The work of a router: sourced after handler.sh, never run.
# shellcheck shell=sh

ipv4=/proc/sys/net/ipv4
ipv6=/proc/sys/net/ipv6

# Routes of ours are known by their origin, one of two in turn: new ones replace those with the same
# prefix, each at once, and then whatever still has the old origin goes.
read_settings() {
  source_check=strict addresses='' address_words=' ' routes='' elements=''
  if configured; then
    settings=$(read_configuration) || exit 1
    while read -r kind first rest; do
      case $kind in
        source) source_check=$first ;;
        address) add_address "$first" "${rest% *}" "${rest#* }" ;;
        route) add_route "$first" "$rest" ;;
      esac
    done <<SETTINGS
$settings
SETTINGS
  fi
}

add_address() {
  addresses="$addresses$1 $2 $3
"
  address_words="$address_words$1/$3 "
}

add_route() {
  elements="$elements$1
"
  routes="${routes}route replace $2
"
}

# The kernel's list of routes says, without a process, which ports have an IPv4 address.
check_addresses() {
  addressed=' '
  while read -r interface _ router _; do
    [ "$router" != 00000000 ] || addressed="$addressed$interface "
  done </proc/net/route
  for port; do
    case $addressed in *" $port "*) continue ;; esac
    case $address_words in *" $port/"*) continue ;; esac
    fail "port $port has no address: set its unify-ip or the configuration's addresses"
  done
}

# A new namespace copies these from the host, so each one that matters is set here.
guard_ipv4() {
  echo 1 >$ipv4/icmp_echo_ignore_broadcasts
  for scope in all default "$@"; do
    conf=$ipv4/conf/$scope
    echo 1 >"$conf/arp_ignore"
    echo 2 >"$conf/arp_announce"
    echo 0 >"$conf/proxy_arp"
    echo 0 >"$conf/accept_source_route"
    echo 0 >"$conf/accept_redirects"
    echo 0 >"$conf/send_redirects"
  done
}

# Only ports with an IPv6 address speak it. Their link-local address, from which neighbours are
# asked, comes from the kernel, and at once: nobody else has the address of a graph's port.
open_ipv6() {
  opened=''
  [ -d $ipv6 ] || {
    [ -z "$addresses" ] || fail 'configuration /addresses needs IPv6, which this kernel has not'
    return 0
  }
  for port; do
    case $address_words in
      *" $port/"*) speak_ipv6 "$port" ;;
      *) [ -n "$origin" ] || echo 1 >"$ipv6/conf/$port/disable_ipv6" ;;
    esac
  done
}

speak_ipv6() {
  conf=$ipv6/conf/$1
  read_digit "$conf/disable_ipv6"
  disabled=$digit
  read_digit "$conf/addr_gen_mode"
  [ "$disabled$digit" != 00 ] || return 0
  for key in accept_ra accept_redirects accept_source_route autoconf accept_dad; do
    echo 0 >"$conf/$key"
  done
  echo 0 >"$conf/addr_gen_mode"
  echo 0 >"$conf/disable_ipv6"
  opened="$opened $1"
}

# A shell that reads byte by byte gets one digit of a setting and no end of the line.
read_digit() {
  read -r digit <"$1" || [ -n "$digit" ]
}

# Adds the addresses that are new, and finds those that are of no use any more.
add_addresses() {
  read_present
  batch='' undo=''
  while read -r interface address words; do
    case "$present" in *" $interface/$words "*) continue ;; esac
    [ -n "$interface" ] || continue
    batch="${batch}addr add $address dev $interface nodad
"
    undo="${undo}addr del $address dev $interface
"
  done <<ADDRESSES
$addresses
ADDRESSES
  [ -z "$batch" ] || run_batch "$batch" || {
    give_back
    fail "configuration /addresses is refused: $said"
  }
}

# Global IPv6 addresses that are there, as <interface>/<address and length in hexadecimal>.
read_present() {
  present=' ' stale=''
  [ -e /proc/net/if_inet6 ] || return 0
  while read -r words _ length scope _ interface; do
    case $scope$interface in 00lo) continue ;; 00*) ;; *) continue ;; esac
    present="$present$interface/$words$length "
    case $address_words in
      *" $interface/$words$length "*) ;;
      *) stale="$stale$words $length $interface
" ;;
    esac
  done </proc/net/if_inet6
}

# What a failed update has brought.
give_back() {
  [ -z "$undo" ] || printf '%s' "$undo" | ip -force -batch - 2>/dev/null || :
  for port in $opened; do
    echo 1 >"$ipv6/conf/$port/disable_ipv6"
  done
}

# Runs ip commands; what it says first is left in $said, and the line that it refused in $line.
run_batch() {
  said=$(printf '%s' "$1" | ip -batch - 2>&1) && return 0
  line=${said##*Command failed -:}
  said=${said%%
*}
  return 1
}

# A table that nobody looks into shows whether the kernel takes all routes, before the first of them
# takes the place of one that works.
rehearse() {
  rehearsal=1117
  run_batch "$(printf '%s' "$routes" | while read -r route; do
    echo "$route table $rehearsal"
  done)" && taken=yes || taken=no
  ip route flush table $rehearsal 2>/dev/null || :
  ip -6 route flush table $rehearsal 2>/dev/null || :
  [ "$taken" = yes ] || refuse_route
}

refuse_route() {
  give_back
  fail "configuration $(printf '%s' "$elements" | sed -n "${line}p") is refused: $said"
}

# A prefix that stays always has a route: the new one takes the place of the old one at once.
set_routes() {
  case $origin in 117) next=118 ;; *) next=117 ;; esac
  if [ -n "$routes" ]; then
    [ -z "$origin" ] || rehearse
    run_batch "$(printf '%s' "$routes" | while read -r route; do
      echo "$route proto $next"
    done)" || refuse_route
  fi
  [ -z "$origin" ] || flush_routes "$origin"
  echo "$next" >generation
}

flush_routes() {
  ip route flush proto "$1" || fail 'cannot remove old routes'
  [ ! -d $ipv6 ] || ip -6 route flush proto "$1" || fail 'cannot remove old IPv6 routes'
}

# Lets in a source address only by the port to which its answers would go.
check_sources() {
  case $source_check in strict) filter=1 ;; *) filter=0 ;; esac
  for scope in all default "$@"; do
    echo "$filter" >"$ipv4/conf/$scope/rp_filter"
  done
  [ -d $ipv6 ] || return 0
  case "$source_check $addresses" in
    'strict ') ;;
    strict*) load_ipv6_check || fail 'nft refuses the check of IPv6 sources' ;;
    *) [ -z "$addresses$origin" ] || remove_ipv6_check || fail 'nft keeps the old check of sources' ;;
  esac
}

# Flushed, never deleted: while nft replaces a base chain, packets meet only its policy.
load_ipv6_check() {
  nft -f - <<'RULESET'
table ip6 un_router
flush table ip6 un_router
table ip6 un_router {
  chain arriving {
    type filter hook prerouting priority raw;
    ip6 saddr { ::, fe80::/10 } accept
    fib saddr . iif oif missing counter drop
  }
}
RULESET
}

remove_ipv6_check() {
  nft 'table ip6 un_router; delete table ip6 un_router'
}

# Comes last, when routes and checks are there.
forward_packets() {
  echo 1 >$ipv4/ip_forward
  [ -z "$addresses" ] || echo 1 >$ipv6/conf/all/forwarding
}

# IPv6 addresses that the configuration has no longer, and ports that have none left.
remove_stale() {
  printf '%s' "$stale" | while read -r words length interface; do
    address=$(echo "$words" | sed 's/..../&:/g; s/:$//')
    echo "addr del $address/$((0x$length)) dev $interface"
  done | ip -batch - || fail 'cannot remove old addresses'
  for port; do
    case $address_words in
      *" $port/"*) ;;
      *) echo 1 >"$ipv6/conf/$port/disable_ipv6" ;;
    esac
  done
}

serve() {
  origin=''
  [ ! -e generation ] || read -r origin <generation
  [ -n "$origin" ] || hold_packets
  guard_ipv4 "$@"
  open_ipv6 "$@"
  add_addresses
  set_routes
  check_sources "$@"
  forward_packets
  [ -z "$stale" ] || remove_stale "$@"
}
