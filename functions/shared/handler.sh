# What every handler begins with: sourced, never run.
# shellcheck shell=sh

# Ends the handler with one line in the function's log.
fail() {
  echo "$*" >&2
  exit 1
}

# Interface names go into batches of ip and nft rules, so only plain ones are let through.
check_ports() {
  for port; do
    case $port in
      '' | -* | *[!A-Za-z0-9._-]*) fail "'$port' is no name for a port's interface" ;;
    esac
  done
}

# Whether the graph configures this function. An absent configuration and {} are told apart from
# a real one without a process, because jq alone costs more than the rest of a start.
configured() {
  [ -n "${UN_CONFIG-}" ] || return 1
  first_line=''
  IFS= read -r first_line <"$UN_CONFIG" || :
  [ "$first_line" != '{}' ]
}

# Prints what the archive's configuration.jq makes of the configuration.
read_configuration() {
  archive=${0%/*}
  source=--null-input
  [ -z "${UN_CONFIG-}" ] || source=$UN_CONFIG
  jq --raw-output --slurp -L "$archive" --from-file "$archive/configuration.jq" "$source"
}

# Has a setting of one digit be so. Who may not write it, as in a container, may have it all the same.
set_kernel() {
  now=''
  read -r now <"$2" || : # byte by byte, and after the first one the kernel says that this was all
  [ "$now" = "$1" ] || echo "$1" >"$2"
}

# A new namespace copies from the host whether it forwards packets. Until the rules are there, none
# passes; a container's forwards from the beginning.
hold_packets() {
  [ ! -w /proc/sys/net/ipv4/ip_forward ] || echo 0 >/proc/sys/net/ipv4/ip_forward
}

# Takes IPv6 from the function's own stack, which would otherwise send frames nobody asked for.
disable_ipv6() {
  [ ! -d /proc/sys/net/ipv6 ] || set_kernel 1 /proc/sys/net/ipv6/conf/all/disable_ipv6
}

# Whether a process has not ended; one that was just forked has no name of its own yet.
lives() {
  stat=''
  read -r stat 2>/dev/null <"/proc/$1/stat" || :
  case ${stat##*) } in
    '' | Z* | X*) return 1 ;;
  esac
}
