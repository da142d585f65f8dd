# How flows are told to a collector: sourced after handler.sh, never run. The process takes copies
# of the headers of packets at the port lan; it never holds one up.
# shellcheck shell=sh disable=SC2154

# The port in question is the argument.
check_collector() {
  collector=${export%% *}
  ip route get "$collector" >/dev/null 2>&1 ||
    fail "configuration /export/collector $collector is not in the subnet of port collector ($1)"
}

# From the old settings to the new ones; if that fails, back.
change_export() {
  if [ "$export" = "$old_export" ] && exporting; then
    return
  fi
  stop_export
  if [ "$export" != - ] && ! start_export; then
    stop_export
    export=$old_export
    [ "$export" = - ] || start_export || :
    fail "pmacctd has not started within 5 s; what it says is in the log"
  fi
}

exporting() {
  [ -s pmacctd.pid ] && read -r pid <pmacctd.pid && lives "$pid"
}

stop_export() {
  exporting || return 0
  kill -INT "$pid"
  await_no exporting || kill -9 "$pid"
}

# Whether a condition ends within 5 s.
await_no() {
  tries=0
  while "$1"; do
    [ $tries -lt 100 ] || return 1
    tries=$((tries + 1))
    sleep 0.05
  done
}

start_export() {
  # shellcheck disable=SC2086 # collector, port, version, seconds
  set -- $export
  cat >pmacctd.conf <<CONF
daemonize: false
pidfile: pmacctd.pid
pcap_interface: $lan
snaplen: 128
aggregate: src_host, dst_host, src_port, dst_port, proto, tos
plugins: nfprobe
nfprobe_receiver: $1:$2
nfprobe_version: $3
nfprobe_timeouts: tcp=$4:tcp.rst=$4:tcp.fin=$4:udp=$4:icmp=$4:general=$4:maxlife=$4:expint=1
nfprobe_maxflows: 8192
CONF
  port=$(printf %04X "$2")
  rm -f pmacctd.pid
  pmacctd -f pmacctd.conf &
  pmacctd=$!
  await_no starting && exporting && connected
}

starting() {
  kill -0 "$pmacctd" 2>/dev/null && ! connected
}

# The kernel's list of UDP sockets tells of one that is connected to that port.
connected() {
  grep -q ":$port 01 " /proc/net/udp
}
