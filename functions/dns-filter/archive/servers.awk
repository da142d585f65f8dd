# Makes the servers of dnsmasq from the settings, the first file, and a list of names to block, the
# second one: a name on each line, or several after an address as in /etc/hosts, and comments after #.
# The closest domain of a name decides; what is allowed is neither blocked itself nor below.

function is_allowed(name) {
  while (name != "") {
    if (name in allowed) return 1
    if (!index(name, ".")) return 0
    sub(/^[^.]*\./, "", name)
  }
  return 0
}

# A list of blocked names has some that are no names; without them it is still of use.
function block(name) {
  if (name !~ /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/ || length(name) > 253) {
    unusable++
  } else if (!any_allowed || !is_allowed(name)) {
    print "server=/" name "/"
    count++
  }
}

FILENAME == ARGV[1] {
  if ($1 == "upstream") print "server=" $2
  else if ($1 == "allow") { allowed[$2]; any_allowed = 1 }
  else if ($1 == "block") inline[$2]
  next
}

{
  sub(/#.*/, "")
  for (i = NF > 1 ? 2 : 1; i <= NF; i++) block(tolower($i))
}

END {
  for (name in inline) block(name)
  for (name in allowed) print "server=/" name "/#"
  print count + 0 >"count.new"
  if (unusable) print unusable " lines of the list are no names, they block nothing" >"/dev/stderr"
}
