#!/bin/sh
# Called by udhcpc whenever its lease changes, also while no node runs. Gives $interface the address,
# and a default route that displaces no other one; writes the lease down for the node. Nothing else
# of the machine is touched, resolv.conf in particular, and no route that the server names is made.
#
# UN_FOLDER     folder of this client: its file "lease", its file "log" of what it says, and a mark
#               "address-stays" that makes the next deconfig do nothing
# UN_METRIC     metric of the default route, no other interface's
# UN_RESOLVERS  files that name the machine's name servers (resolv.conf(5)), with blanks between
#
# What comes from the server is used as addresses and numbers, as udhcpc has formatted them.
# shellcheck disable=SC2154 # udhcpc sets interface and, where there is an address, ip
set -uf
record=$UN_FOLDER/lease
log=$UN_FOLDER/log
stays=$UN_FOLDER/address-stays
forever=4294967295
shortest_prefix=16
most_log_bytes=131072

# Sets $number to the address $1.
number() {
  fields=$IFS
  IFS=.
  # shellcheck disable=SC2086 # split at the dots
  set -- $1
  IFS=$fields
  number=$((($1 << 24) + ($2 << 16) + ($3 << 8) + $4))
}

# Whether the network $1, an address with or without a length, has addresses of $ip/$prefix.
meets() {
  case $1 in */*) length=${1#*/} ;; *) length=32 ;; esac
  [ "$length" -lt "$prefix" ] || length=$prefix
  number "${1%/*}"
  other=$number
  number "$ip"
  [ $(((number ^ other) >> (32 - length))) -eq 0 ]
}

# Networks of no use to an interface (RFC 6890).
special() {
  for network in 0.0.0.0/8 127.0.0.0/8 169.254.0.0/16 224.0.0.0/3; do
    echo "$network $network, which is no network for hosts"
  done
}

# Interfaces that the node made for other graphs (uh and twelve digits) don't count as the machine's.
addresses() {
  list=$(ip -4 -o addr show) || return
  while read -r _ at _ address word peer _; do
    case $at in '' | "$interface" | uh????????????) continue ;; esac
    echo "$address $address of this machine"
    [ "$word" != peer ] || echo "$peer $peer, a peer of this machine"
  done <<END
$list
END
}

name_servers() {
  for file in ${UN_RESOLVERS:-/etc/resolv.conf}; do
    [ ! -r "$file" ] || while read -r word server _ || [ -n "$word" ]; do
      case $word:$server in
        nameserver:*[!0-9.]* | nameserver:0[0-9]* | nameserver:*.0[0-9]*) ;;
        nameserver:*..* | nameserver:.* | nameserver:*. | nameserver:*.*.*.*.*) ;;
        nameserver:*.*.*.*) echo "$server $server, a name server of this machine" ;;
      esac
    done <"$file"
  done
}

# Those that lead to addresses of $ip/$prefix; $1 is root or match: inside it, or around it.
list_routes() {
  ip -4 -o route show table all "$1" "$ip/$prefix" 2>/dev/null ||
    ip -4 -o route show "$1" "$ip/$prefix" # of a system without tables
}

# Default routes are no obstacle: the new one comes after them.
routes() {
  list=$(list_routes root && list_routes match) || return
  while read -r first second rest; do
    case $first in
      default) continue ;;
      [0-9]*) network=$first way="$second $rest" ;;
      *) network=$second way=$rest ;; # a type comes first, such as local or unreachable
    esac
    case "$network $way " in
      ' '* | 'default '* | *" dev $interface "* | *" dev uh"????????????" "*) continue ;;
    esac
    echo "$network the route to $network of this machine"
  done <<END
$list
END
}

# Prints why the address is not taken; nothing if it is. Fails if something kept it from judging.
refusal() {
  case $prefix in [0-9] | [0-9][0-9]) ;; *) echo "a mask of $prefix is none" && return ;; esac
  if [ "$prefix" -lt "$shortest_prefix" ] || [ "$prefix" -gt 32 ]; then
    echo "$ip/$prefix would take over much of the network"
    return
  fi
  { special && addresses && name_servers && routes && echo judged; } | {
    while read -r network what; do
      [ "$network" != judged ] || return 0
      if meets "$network"; then
        echo "$ip/$prefix meets $what"
        return 0
      fi
    done
    return 1
  }
}

forget() {
  rm -f "$record"
  ip -4 route flush dev "$interface"
  ip -4 addr flush dev "$interface"
}

# Before the new address is added: it would go with an older one of its subnet.
remove_others() {
  ip -4 -o addr show dev "$interface" | while read -r _ _ _ other _; do
    [ "$other" = "$ip/$prefix" ] || ip -4 addr del "$other" dev "$interface"
  done
}

# With the lease's time, so that the kernel ends it when nobody else does.
add_address() {
  ip -4 addr replace "$ip/$prefix" broadcast + dev "$interface" \
    valid_lft "$seconds" preferred_lft "$seconds" 2>&1
}

# Prints why there is no default route; then there is none indeed, not that of before either.
set_route() {
  gateway=${router:-}
  gateway=${gateway%% *}
  direct=
  [ "$prefix" -ne 32 ] || direct=onlink
  if [ -n "$gateway" ]; then
    # shellcheck disable=SC2086 # nothing, or one word
    said=$(ip -4 route replace default via "$gateway" dev "$interface" \
      metric "$UN_METRIC" $direct 2>&1) && return
    echo "there is no default route by $gateway: $said"
  fi
  ip -4 route flush exact 0.0.0.0/0 dev "$interface"
}

# What it reads becomes the lease at once. Time is since boot, for clocks are set meanwhile.
write_lease() {
  read -r uptime _ </proc/uptime
  { cat && echo "since=${uptime%.*}"; } >"$record.new" && mv -f "$record.new" "$record"
}

# All on one line.
in_words() {
  # shellcheck disable=SC2048,SC2086 # split into words
  echo $*
}

refuse() {
  forget
  echo "refused=$(in_words "$1")" | write_lease
}

take() {
  prefix=${mask:-32}
  seconds=${lease:-$forever}
  reason=$(refusal) || reason="it is not known what $ip/$prefix would meet: $reason"
  if [ -n "$reason" ]; then
    refuse "$reason"
    return
  fi
  remove_others
  said=$(add_address) || {
    refuse "$ip/$prefix can't be set: $said"
    return
  }
  write_lease <<END
address=$ip/$prefix
router=${router:-}
dns=${dns:-}
server=${serverid:-}
seconds=$seconds
problem=$(in_words "$(set_route)")
END
}

# The client says something at each attempt, for years, whether a node runs or not.
limit_log() {
  if [ -f "$log" ] && [ "$(wc -c <"$log")" -gt "$most_log_bytes" ]; then
    : >"$log"
  fi
}

limit_log
case ${1:-} in
  deconfig)
    if [ -e "$stays" ]; then rm -rf "$stays"; else forget; fi
    ;;
  bound | renew) take ;;
  leasefail | nak) ;; # an address that has to go is taken by deconfig
  *) echo "unknown event ${1:-}" >&2 && exit 1 ;;
esac
