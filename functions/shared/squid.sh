# Looking after squid: sourced after handler.sh, never run.
# shellcheck shell=sh disable=SC2034,SC2094

# Whether squid runs; sets pid. A killed one has its name until its parent takes notice.
squid_runs() {
  pid='' name=''
  [ ! -s squid.pid ] || read -r pid <squid.pid
  [ -z "$pid" ] || [ ! -r "/proc/$pid/comm" ] || read -r name <"/proc/$pid/comm"
  [ "$name" = squid ] && lives "$pid"
}

# Sets listening to the number of the socket that listens at a port, empty if none does: squid makes
# new ones when it reads its settings again.
find_listening() {
  listening=$(awk -v port="$(printf ':%04X' "$1")" \
    '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' \
    /proc/net/tcp /proc/net/tcp6 2>/dev/null) || :
}

# Ends squid, which leaves no memory behind then.
end_squid() {
  ! squid_runs || await_end
  remove_memory
}

# The memory that squid shares with nobody, but leaves behind however it ends. Its names begin with
# that of the service.
remove_memory() {
  service=''
  [ ! -s service ] || read -r service <service
  case $service in
    un*) rm -f "/dev/shm/$service"-*.shm ;;
  esac
}

await_end() {
  kill "$pid"
  tries=0
  while lives "$pid"; do
    tries=$((tries + 1))
    [ $tries -ne 60 ] || kill -KILL "$pid"
    [ $tries -le 80 ] || fail 'squid does not end'
    sleep 0.05
  done
}
