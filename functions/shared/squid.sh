# Looking after squid: sourced after handler.sh, never run.
# shellcheck shell=sh disable=SC2034,SC2094

# Whether squid runs; sets pid.
squid_runs() {
  pid='' name=''
  [ ! -s squid.pid ] || read -r pid <squid.pid
  [ -z "$pid" ] || [ ! -r "/proc/$pid/comm" ] || read -r name <"/proc/$pid/comm"
  [ "$name" = squid ]
}

# Sets listening to the number of the socket that listens at a port, empty if none does: squid makes
# new ones when it reads its settings again.
find_listening() {
  listening=$(awk -v port="$(printf ':%04X' "$1")" \
    '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' \
    /proc/net/tcp /proc/net/tcp6 2>/dev/null) || :
}

# Ends squid, and removes the memory that it shares with nobody but would leave behind.
end_squid() {
  squid_runs || return 0
  kill "$pid"
  tries=0
  while lives "$pid"; do
    tries=$((tries + 1))
    [ $tries -ne 60 ] || kill -KILL "$pid"
    [ $tries -le 80 ] || fail 'squid does not end'
    sleep 0.05
  done
  read -r service <service
  rm -f "/dev/shm/$service"-*.shm
}
