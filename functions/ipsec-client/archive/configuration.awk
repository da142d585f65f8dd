# Writes the files that swanctl reads into a folder, and prints the other end, what to do at start
# and the gateway. What may be a secret is never printed.
# Variables: file (the configuration), folder, subnet (of port lan)

BEGIN {
  read_json(file)
  allow_keys("", "remote remote-subnets local-subnets gateway local-id remote-id psk certificate " \
    "private-key ca proposals esp-proposals dpd-delay rekey-time ike-rekey-time start-action")
  if (!has("/remote")) refuse("/remote", "is needed: the IPv4 address of the other end")
  remote = ipv4("/remote")
  by_key = has("/psk")
  check_secrets()
  if (!has("/remote-subnets")) refuse("/remote-subnets", "is needed, but absent")
  action = start_action()
  gateway = has("/gateway") ? ipv4("/gateway") : ""
  settings = connection() secret()
  if (!by_key) write_certificates()
  printf "%s", settings > (folder "/swanctl.conf")
  print remote, action, gateway
}

function check_secrets() {
  if (by_key && (has("/certificate") || has("/private-key") || has("/ca")))
    refuse("/psk", "and a certificate are two ways to authenticate: leave one out")
  if (!by_key && !(has("/certificate") && has("/private-key") && has("/ca")))
    refuse("", "needs psk, or certificate, private-key and ca")
  if (by_key && (type["/psk"] != "string" || length(value["/psk"]) < 1 || length(value["/psk"]) > 1024))
    refuse("/psk", "must be 1 to 1024 characters")
}

function start_action() {
  if (!has("/start-action")) return "start"
  if (value["/start-action"] !~ /^(start|none)$/)
    refuse("/start-action", "must be start or none, not " shown("/start-action"))
  return value["/start-action"]
}

function connection(   auth, again, lines) {
  auth = by_key ? "psk" : "pubkey"
  again = action == "start" ? "start" : "none"
  lines = "connections {\n  tunnel {\n    version = 2\n    remote_addrs = " remote "\n" \
    "    proposals = " proposals("/proposals", "aes128gcm16-prfsha256-ecp256," \
      "aes256gcm16-prfsha384-ecp384,aes128-sha256-ecp256,aes256-sha256-modp2048") "\n" \
    "    dpd_delay = " whole_number("/dpd-delay", 30, 1, 3600, "seconds") "s\n" \
    "    rekey_time = " whole_number("/ike-rekey-time", 14400, 60, 604800, "seconds") "s\n" \
    "    keyingtries = 0\n    mobike = no\n    encap = yes\n" \
    "    local {\n      auth = " auth "\n"
  if (has("/local-id")) lines = lines "      id = " quoted("/local-id") "\n"
  if (!by_key) lines = lines "      certs = client.pem\n"
  lines = lines "    }\n    remote {\n      auth = " auth "\n      id = " \
    (has("/remote-id") ? quoted("/remote-id") : remote) "\n"
  if (!by_key) lines = lines "      cacerts = ca.pem\n"
  return lines "    }\n    children {\n      tunnel {\n" \
    "        local_ts = " (has("/local-subnets") ? networks("/local-subnets") : subnet) "\n" \
    "        remote_ts = " networks("/remote-subnets") "\n" \
    "        esp_proposals = " proposals("/esp-proposals",
      "aes128gcm16-ecp256,aes128gcm16,aes256gcm16,aes128-sha256") "\n" \
    "        rekey_time = " whole_number("/rekey-time", 3600, 10, 86400, "seconds") "s\n" \
    "        dpd_action = " (again == "start" ? "restart" : "clear") "\n" \
    "        close_action = " again "\n        start_action = " action "\n" \
    "      }\n    }\n  }\n}\n"
}

# In hexadecimal digits a key needs no quotes.
function secret(   i, digits) {
  if (!by_key) return ""
  for (i = 1; i < 256; i++) code[sprintf("%c", i)] = sprintf("%02x", i)
  for (i = 1; i <= length(value["/psk"]); i++) digits = digits code[substr(value["/psk"], i, 1)]
  return "secrets {\n  ike-tunnel {\n    secret = 0x" digits "\n  }\n}\n"
}

function write_certificates() {
  printf "%s\n", pem("/certificate", "CERTIFICATE") > (folder "/x509/client.pem")
  printf "%s\n", pem("/ca", "CERTIFICATE") > (folder "/x509ca/ca.pem")
  printf "%s\n", pem("/private-key", "(EC |RSA )?PRIVATE KEY") > (folder "/private/client.pem")
}

function pem(at, kind) {
  if (type[at] != "string" || length(value[at]) > 65536 || value[at] !~ ("-----BEGIN " kind "-----"))
    refuse(at, "must be PEM text with -----BEGIN " (kind ~ /KEY/ ? "PRIVATE KEY" : kind) "-----")
  return value[at]
}

# Between quotes in swanctl.conf.
function quoted(at) {
  if (type[at] != "string" || length(value[at]) > 255 || value[at] !~ /^[ !#-\[\]-~]+$/)
    refuse(at, "must be 1 to 255 printable ASCII characters without quotes and backslashes")
  return "\"" value[at] "\""
}

function items(at, limit) {
  if (type[at] != "array") refuse(at, "must be an array, not " type[at])
  if (count[at] < 1 || count[at] > limit) refuse(at, "must have 1 to " limit " items")
  return count[at]
}

function networks(at,   i, n, item, slash, list) {
  n = items(at, 32)
  for (i = 0; i < n; i++) {
    item = value[at "/" i]
    slash = index(item "/", "/")
    if (!is_ipv4(substr(item, 1, slash - 1)) || substr(item, slash) !~ /^(\/([0-9]|[12][0-9]|3[0-2]))?$/)
      refuse(at "/" i, "must be an IPv4 network such as \"10.2.0.0/16\", not " shown(at "/" i))
    list = list (i ? "," : "") item
  }
  return list
}

function proposals(at, otherwise,   i, n, item, list) {
  if (!has(at)) return otherwise
  n = items(at, 16)
  for (i = 0; i < n; i++) {
    item = value[at "/" i]
    if (type[at "/" i] != "string" || length(item) > 100 || item !~ /^[A-Za-z0-9_]+(-[A-Za-z0-9_]+)*$/)
      refuse(at "/" i, "must be a proposal such as \"aes256gcm16-ecp256\", not " shown(at "/" i))
    list = list (i ? "," : "") item
  }
  return list
}
