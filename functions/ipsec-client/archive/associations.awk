# Makes JSON of what swanctl --list-sas prints: an association of IKE, then its children further to
# the right.

function text(value) { gsub(/[^ -~]|["\\]/, "", value); return "\"" value "\"" }

function child() {
  if (name != "")
    list = list (list == "" ? "" : ",") "{\"state\":" text(state) ",\"cipher\":" text(cipher) \
      ",\"encapsulation\":" text(mode) ",\"bytes-in\":" bytes_in + 0 ",\"packets-in\":" packets_in + 0 \
      ",\"bytes-out\":" bytes_out + 0 ",\"packets-out\":" packets_out + 0 \
      ",\"local\":" text(here) ",\"remote\":" text(there) "}"
  name = ""
}

/^[^ ]/ { ike = $3; sub(/,/, "", ike); next }
/^  local  / { local_id = $2; next }
/^  established / { since = $2 + 0; next }
/^  [^ ]+: #/ {
  child()
  name = $1; state = $5; mode = $6; cipher = $7
  sub(/,/, "", state); sub(/,/, "", mode)
  bytes_in = packets_in = bytes_out = packets_out = here = there = ""
  next
}
/^    in  / { amounts(); bytes_in = bytes; packets_in = packets }
/^    out / { amounts(); bytes_out = bytes; packets_out = packets }
/^    local  / { sub(/^ *local */, ""); here = $0 }
/^    remote / { sub(/^ *remote */, ""); there = $0 }

function amounts(   i) {
  for (i = 2; i <= NF; i++) {
    if ($i ~ /^bytes/) bytes = $(i - 1)
    if ($i ~ /^packets/) packets = $(i - 1)
  }
}

END {
  child()
  printf "{\"remote\":%s,\"ike\":%s,\"established-seconds\":%d,\"tunnels\":[%s]}\n",
    text(remote), text(ike), since, list
}
