#!/bin/sh
# Called by udhcpc whenever its lease changes, also while no node runs. Gives $interface the address,
# and a default route that displaces no other one; writes the lease down for the node. Nothing else
# of the machine is touched, resolv.conf in particular.
#
# UN_FOLDER  folder of this client: its file "lease", and a mark "address-stays" that makes the
#            next deconfig do nothing
# UN_METRIC  metric of the default route, no other interface's
#
# What comes from the server is used as addresses and numbers, as udhcpc has formatted them.
# shellcheck disable=SC2154 # udhcpc sets interface and, where there is an address, ip
set -u
record=$UN_FOLDER/lease
stays=$UN_FOLDER/address-stays
forever=4294967295
shortest_prefix=16

# The first $2 bits of address $1, as a number.
network() (
  IFS=.
  # shellcheck disable=SC2086 # split at the dots
  set -- $1 "$2"
  echo $(((($1 << 24) + ($2 << 16) + ($3 << 8) + $4) >> (32 - $5)))
)

# Prints those addresses of the machine's other interfaces whose subnet meets that of $ip/$prefix.
# Interfaces that the node made for other graphs (uh and twelve digits) don't count.
meeting() {
  ip -4 -o addr show | while read -r _ at _ other _; do
    case $at in "$interface" | uh????????????) continue ;; esac
    case $other in */*) length=${other#*/} ;; *) length=32 ;; esac
    shorter=$((length < prefix ? length : prefix))
    if [ "$(network "$ip" "$shorter")" = "$(network "${other%/*}" "$shorter")" ]; then
      echo "$other"
    fi
  done
}

# Why the address is not taken; nothing if it is.
refusal() {
  if [ "$prefix" -lt "$shortest_prefix" ]; then
    echo "$ip/$prefix would take over much of the network"
    return
  fi
  for other in $(meeting); do
    echo "$ip/$prefix meets $other of this machine"
    return
  done
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
    valid_lft "$seconds" preferred_lft "$seconds"
}

set_route() {
  gateway=${router:-}
  gateway=${gateway%% *}
  if [ -z "$gateway" ]; then
    ip -4 route flush exact 0.0.0.0/0 dev "$interface"
  elif [ "$prefix" -eq 32 ]; then
    ip -4 route replace default via "$gateway" dev "$interface" metric "$UN_METRIC" onlink
  else
    ip -4 route replace default via "$gateway" dev "$interface" metric "$UN_METRIC"
  fi
}

# What it reads becomes the lease at once. Time is since boot, for clocks are set meanwhile.
write_lease() {
  read -r uptime _ </proc/uptime
  { cat && echo "since=${uptime%.*}"; } >"$record.new" && mv -f "$record.new" "$record"
}

take() {
  prefix=${mask:-32}
  seconds=${lease:-$forever}
  reason=$(refusal)
  if [ -n "$reason" ]; then
    forget
    echo "refused=$reason" | write_lease
    return
  fi
  remove_others
  add_address
  set_route
  write_lease <<END
address=$ip/$prefix
router=${router:-}
dns=${dns:-}
server=${serverid:-}
seconds=$seconds
END
}

case ${1:-} in
  deconfig)
    if [ -e "$stays" ]; then rm -f "$stays"; else forget; fi
    ;;
  bound | renew) take ;;
  leasefail | nak) ;; # an address that has to go is taken by deconfig
  *) echo "unknown event ${1:-}" >&2 && exit 1 ;;
esac
