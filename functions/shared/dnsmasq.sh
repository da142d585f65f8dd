# The daemon dnsmasq, with its files in the working folder: sourced after handler.sh, never run.
# shellcheck shell=sh

# Sets pid; fails if dnsmasq does not run. A number that outlived its process may name another one.
dnsmasq_runs() {
  pid='' process=''
  [ ! -r dnsmasq.pid ] || read -r pid <dnsmasq.pid || :
  [ -n "$pid" ] && [ -r "/proc/$pid/comm" ] && read -r process <"/proc/$pid/comm" &&
    [ "$process" = dnsmasq ] && lives "$pid"
}

# Returns when dnsmasq holds its sockets. What it says, now and later, is in the function's log.
start_dnsmasq() {
  dnsmasq --conf-file="$PWD/dnsmasq.conf" --pid-file="$PWD/dnsmasq.pid"
}

# It ends at once, without a word to its clients, but a process that is not yet gone has the ports.
stop_dnsmasq() {
  kill "$pid"
  while lives "$pid"; do
    sleep 0.01
  done
}

# Puts the prepared file, called <name>.new, in the place of <name>.
put_in_force() {
  for name; do
    mv "$name.new" "$name"
  done
}

# Prints a counter of dnsmasq, such as hits or misses: the TXT record <counter>.bind of class CHAOS
# (dnsmasq(8), NOTES). Who reads the answer does not wait longer than it takes. The file asked
# counts these questions, because they are among the hits.
# Argument: the name of the counter, after its length in octal digits: \4hits
ask_counter() {
  read -r before <asked
  echo $((before + 1)) >asked
  answer=answer.$$
  mkfifo -m 600 "$answer"
  printf '\0\1\1\0\0\1\0\0\0\0\0\0%b\4bind\0\0\20\0\3' "$1" |
    socat -t 1.5 - UDP4:127.0.0.1:53 >"$answer" 2>/dev/null &
  digits=$(dd bs=512 count=1 <"$answer" 2>/dev/null | tr -c '0-9' ' ')
  kill $! 2>/dev/null || :
  rm -f "$answer"
  # shellcheck disable=SC2086 # the last word of several
  set -- $digits
  [ $# -ge 1 ] || return 1
  shift $(($# - 1))
  echo "$1"
}
