# What the handlers of ipsec-client share: sourced after handler.sh, never run.
# shellcheck shell=sh

export STRONGSWAN_CONF="$PWD/strongswan.conf"

# Whether charon runs; sets pid.
charon_runs() {
  is_process charon.pid charon-systemd
}

# Whether the process in a file goes by the name; sets pid, empty if not.
is_process() {
  pid='' name=''
  [ ! -s "$1" ] || read -r pid <"$1"
  [ -z "$pid" ] || [ ! -r "/proc/$pid/comm" ] || read -r name <"/proc/$pid/comm"
  [ "$name" = "$2" ] && lives "$pid" || pid=''
  [ -n "$pid" ]
}

ask_charon() {
  swanctl "$@" --uri "unix://$PWD/charon.vici"
}
