# The work of a shaper: sourced after handler.sh, never run.
# shellcheck shell=sh

# What is in force is in the file "shape": lines of configuration.jq. A direction is shaped where it
# leaves. Its classes are made or changed first, then packets are sent to them in one transaction,
# and only then goes what has become useless; so no packet meets a class that is not there.
shape() {
  wanted=$(read_configuration) || exit 1
  old=''
  [ ! -e shape ] || old=$(cat shape)
  make_classes "$wanted" || {
    remove_old "$wanted" "$old"
    [ -z "$old" ] || make_classes "$old" || said="$said; nor the limits before"
    fail "tc refuses the limits made from the configuration: $said"
  }
  load_rules || {
    make_classes "$old" || said='nor does tc take the limits before'
    fail "nft refuses the rules made from the configuration${said:+, $said}"
  }
  remove_old "$old" "$wanted"
  printf '%s\n' "$wanted" >shape
}

# Makes what is missing and changes what is there.
make_classes() {
  batch=''
  while read -r kind rest; do
    case $kind in
      direction) add_root "${rest%% *}" ;;
      tc) batch="$batch$rest
" ;;
    esac
  done <<SHAPE
$1
SHAPE
  said=$(printf '%s' "$batch" | tc -batch - 2>&1) || {
    said=${said%%
*}
    return 1
  }
}

add_root() {
  case $old in
    *"direction $1 "*) ;;
    *) batch="${batch}qdisc replace dev $1 root handle 1: htb default 2
" ;;
  esac
}

# Flushed, never deleted: while nft replaces a base chain, packets meet only its policy.
load_rules() {
  nft -f - <<RULESET
table bridge un_shaper
flush table bridge un_shaper
table bridge un_shaper {
  chain forward {
    type filter hook forward priority filter;
    $(printf '%s\n' "$wanted" | sed -n 's/^nft //p')
  }
}
RULESET
}

# Removes the classes and directions that the first has and the second has not.
remove_old() {
  kept=$2
  while read -r kind device last; do
    [ "$kind" = direction ] || continue
    case $kept in
      *"direction $device "*) remove_classes ;;
      *) tc qdisc delete dev "$device" root 2>/dev/null || : ;;
    esac
  done <<SHAPE
$1
SHAPE
}

remove_classes() {
  first=${kept#*"direction $device "}
  first=${first%%
*}
  while [ "$last" -gt "$first" ]; do
    tc class delete dev "$device" classid "$(printf '1:%x' "$last")" 2>/dev/null || :
    last=$((last - 1))
  done
}
