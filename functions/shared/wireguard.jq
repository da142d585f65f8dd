# Prints the checked settings of a WireGuard function, one a line, each after its kind:
#   mtu <bytes>, gateway <address>, address <address/length>, route <network>, wg <line for wg>
# A key never gets into a message.
include "checks";

def most_peers: 250;
def most_networks: 64;
def most_addresses: 16;

# Base64 of 32 bytes: of the last character but one only four bits count.
def is_key:
  type == "string" and length == 44 and endswith("=")
  and (.[:43] | explode | all((. >= 65 and . <= 90) or (. >= 97 and . <= 122)
    or (. >= 47 and . <= 57) or . == 43))
  and (.[42:43] | IN("AEIMQUYcgkosw048" | split("")[]));

def key($element):
  if is_key then .
  else refuse($element; "must be a key as wg genkey prints them, 44 characters long")
  end;

def address($element):
  if is_ipv4_prefix and contains("/") then .
  else
    refuse($element; "must be an IPv4 address with prefix length such as \"10.9.0.1/24\", not \(tojson)")
  end;

def has_host_bits:
  (split("/") | { octets: (.[0] | split(".") | map(tonumber)), length: (.[1] // "32" | tonumber) })
  | reduce .octets[] as $octet ({ length, number: 0 }; .number = .number * 256 + $octet)
  | .number % pow(2; 32 - .length) != 0;

def network($element):
  if is_ipv4_prefix | not
  then refuse($element; "must be an IPv4 network such as \"10.9.0.0/24\", not \(tojson)")
  elif has_host_bits then refuse($element; "has bits behind its prefix length: \(.)")
  elif contains("/") then .
  else "\(.)/32"
  end;

def endpoint($element):
  if is_ipv4_endpoint then .
  else
    refuse($element; "must be an IPv4 address and a port such as \"192.0.2.1:51820\", not \(tojson)")
  end;

def addresses:
  if has("address") | not then []
  else .address | list_of_up_to("/address"; most_addresses) | to_entries
    | map(.key as $index | .value | address("/address/\($index)"))
  end;

def networks($element):
  if has("allowed-ips") | not then []
  else .["allowed-ips"] | list_of_up_to("\($element)/allowed-ips"; most_networks) | to_entries
    | map(.key as $index | .value | network("\($element)/allowed-ips/\($index)"))
  end;

def peer($index):
  "/peers/\($index)" as $element
  | object_of($element;
    ["allowed-ips", "comment", "endpoint", "keepalive", "preshared-key", "public-key"])
  | check_comment($element)
  | { index: $index,
      key: (required($element; "public-key") | key("\($element)/public-key")),
      networks: networks($element),
      lines: [
        (select(has("preshared-key")) | .["preshared-key"]
          | "PresharedKey = \(key("\($element)/preshared-key"))"),
        (select(has("endpoint")) | .endpoint | "Endpoint = \(endpoint("\($element)/endpoint"))"),
        (select(has("keepalive")) | .keepalive
          | "PersistentKeepalive = \(whole_number("\($element)/keepalive"; 1; 65535))") ] };

# A key or a network of two peers would silently be the last one's only.
def check_unique($entries; $what):
  ($entries | group_by(.value)[] | select(length > 1) | sort_by(.index)
    | refuse("/peers/\(.[1].index)"; "has the same \($what) as /peers/\(.[0].index)")),
  .;

def peers:
  if has("peers") | not then []
  else
    [.peers | list_of_up_to("/peers"; most_peers) | to_entries[] | .key as $index
      | .value | peer($index)]
    | [check_unique(map({ index, value: .key }); "public-key")] | .[-1]
    | [check_unique([.[] | { index, value: .networks[] }]; "allowed-ips")] | .[-1]
  end;

def interface:
  "wg [Interface]",
  "wg FwMark = 51820",
  (select(has("private-key")) | .["private-key"] | "wg PrivateKey = \(key("/private-key"))"),
  (select(has("listen-port")) | .["listen-port"]
    | "wg ListenPort = \(whole_number("/listen-port"; 1; 65535))");

def peer_lines:
  "wg [Peer]", "wg PublicKey = \(.key)", "wg AllowedIPs = \(.networks | join(", "))",
  (.lines[] | "wg \(.)");

def mtu: if has("mtu") then .mtu | whole_number("/mtu"; 576; 9000) else 1420 end;

def gateway:
  if .gateway | is_ipv4_address then .gateway
  else refuse("/gateway"; "must be an IPv4 address such as \"192.0.2.1\", not \(.gateway | tojson)")
  end;

def settings:
  one_document
  | object_of(""; ["address", "gateway", "listen-port", "mtu", "peers", "private-key"])
  | peers as $peers
  | "mtu \(mtu)",
    (select(has("gateway")) | "gateway \(gateway)"),
    (addresses[] | "address \(.)"),
    ($peers[].networks[] | "route \(.)"),
    interface,
    ($peers[] | peer_lines);
