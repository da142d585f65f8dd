# The default route: sourced after handler.sh, never run.
# shellcheck shell=sh

# Sends what is for elsewhere to the router $2 by the interface $1; without a router nowhere.
set_gateway() {
  if [ -n "$2" ]; then
    ip route replace default via "$2" dev "$1" ||
      fail "configuration /gateway $2 is not in the subnet of port wan ($1)"
    return
  fi
  while read -r device destination _; do
    [ "$device $destination" != "$1 00000000" ] ||
      ip route delete default dev "$1" || fail 'cannot remove the old gateway'
  done </proc/net/route
}
