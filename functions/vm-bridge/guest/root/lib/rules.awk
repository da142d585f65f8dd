# The configuration's rules as rules of nftables for frames that the bridge forwards. Prints nothing
# if everything is to pass.

function port_of(at) {
  if (type[at] == "string" && value[at] ~ /^[1-9][0-9]*-[1-9][0-9]*$/) return value[at]
  return whole_number(at, "", 1, 65535, "or a range such as \"1000-2000\"")
}

function network(at,   parts) {
  if (type[at] != "string" || split(value[at], parts, "/") > 2 || !is_ipv4(parts[1]) ||
      (parts[2] != "" && (parts[2] !~ /^[0-9]+$/ || parts[2] + 0 > 32)))
    refuse(at, "must be an IPv4 address or network, not " shown(at))
  return value[at]
}

function one_of(at, known) {
  if (index(" " known " ", " " value[at] " ") == 0 || type[at] != "string")
    refuse(at, "must be one of " known ", not " shown(at))
  return value[at]
}

function rule(at,   text, protocol) {
  allow_keys(at, "action protocol source destination source-port destination-port comment")
  text = ""
  if (has(at "/source")) text = text " ip saddr " network(at "/source")
  if (has(at "/destination")) text = text " ip daddr " network(at "/destination")
  protocol = has(at "/protocol") ? one_of(at "/protocol", "tcp udp icmp") : ""
  if (has(at "/source-port")) text = text " " protocol " sport " port_of(at "/source-port")
  if (has(at "/destination-port")) text = text " " protocol " dport " port_of(at "/destination-port")
  if (text ~ /port/ && protocol != "tcp" && protocol != "udp")
    refuse(at, "has a port, so its protocol must be tcp or udp")
  if (protocol != "" && text !~ /port/) text = text " meta l4proto " protocol
  return text " " (one_of(at "/action", "allow deny") == "allow" ? "accept" : "drop")
}

BEGIN {
  read_json("/un/configuration.json")
  allow_keys("", "default rules")
  otherwise = has("/default") ? one_of("/default", "allow deny") : "allow"
  if (has("/rules") && type["/rules"] != "array") refuse("/rules", "must be an array")
  if (count["/rules"] + 0 == 0 && otherwise == "allow") exit
  print "table bridge vm {"
  print " chain forward {"
  print "  type filter hook forward priority 0; policy " (otherwise == "allow" ? "accept" : "drop") ";"
  print "  ct state established,related accept"
  print "  ether type arp accept"
  for (i = 0; i < count["/rules"]; i++) print "  " rule("/rules/" i)
  print " }"
  print "}"
}
