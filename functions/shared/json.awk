# Reads JSON, for handlers whose start may not wait for jq, which takes longer than all the rest of
# one. The text was checked by the node. Afterwards type and value say what is at a JSON pointer,
# count how many items an array has, and members the keys of an object, a line each.

function read_json(file,   line, all) {
  while ((getline line < file) > 0) all = all line "\n"
  close(file)
  text = all ~ /[^ \t\r\n]/ ? all : "{}"
  position = 1
  read_value("")
}

function read_value(at,   first, key) {
  first = next_character()
  if (first == "{") {
    type[at] = "object"
    position++
    while (next_character() != "}") {
      key = read_string()
      next_character()
      position++
      members[at] = members[at] key "\n"
      read_value(at "/" key)
      if (next_character() == ",") position++
    }
    position++
  } else if (first == "[") {
    type[at] = "array"
    count[at] = 0
    position++
    while (next_character() != "]") {
      read_value(at "/" count[at]++)
      if (next_character() == ",") position++
    }
    position++
  } else if (first == "\"") {
    type[at] = "string"
    value[at] = read_string()
  } else {
    match(substr(text, position, 400), /^[-+.0-9A-Za-z]+/)
    value[at] = substr(text, position, RLENGTH)
    type[at] = value[at] ~ /^[tf]/ ? "boolean" : value[at] == "null" ? "null" : "number"
    position += RLENGTH
  }
}

# Skips white space.
function next_character() {
  while (substr(text, position, 1) ~ /[ \t\r\n]/) position++
  if (position > length(text)) refuse("", "is no JSON")
  return substr(text, position, 1)
}

function read_string(   result, piece) {
  position++
  while (1) {
    if (!match(substr(text, position), /["\\]/)) refuse("", "is no JSON")
    result = result substr(text, position, RSTART - 1)
    position += RSTART
    if (substr(text, position - 1, 1) == "\"") return result
    result = result escaped()
  }
}

function escaped(   letter, code, low) {
  letter = substr(text, position++, 1)
  if (letter != "u") return letter == "n" ? "\n" : letter == "t" ? "\t" : letter == "r" ? "\r" : \
    letter == "b" ? "\b" : letter == "f" ? "\f" : letter
  code = hexadecimal()
  if (code >= 55296 && code < 56320) {
    position += 2
    low = hexadecimal()
    code = 65536 + (code - 55296) * 1024 + low - 56320
  }
  if (code == 0) refuse("", "has a character of code 0")
  if (code < 128) return sprintf("%c", code)
  if (code < 2048) return sprintf("%c%c", 192 + int(code / 64), 128 + code % 64)
  if (code < 65536)
    return sprintf("%c%c%c", 224 + int(code / 4096), 128 + int(code / 64) % 64, 128 + code % 64)
  return sprintf("%c%c%c%c", 240 + int(code / 262144), 128 + int(code / 4096) % 64,
    128 + int(code / 64) % 64, 128 + code % 64)
}

function hexadecimal(   i, number) {
  for (i = 0; i < 4; i++)
    number = number * 16 + index("123456789abcdef", tolower(substr(text, position++, 1)))
  return number
}

# Ends the program with one line that names the element by its JSON pointer.
function refuse(at, reason) {
  print "configuration " (at == "" ? "(whole)" : at) " " reason > "/dev/stderr"
  exit 1
}

function allow_keys(at, known,   i, n, keys) {
  if (type[at] != "object") refuse(at, "must be an object, not " type[at])
  n = split(members[at], keys, "\n")
  for (i = 1; i < n; i++)
    if (index(" " known " ", " " keys[i] " ") == 0)
      refuse(at, "has the unknown key \"" keys[i] "\"; known: " known)
}

function has(at) { return at in type && type[at] != "null" }

# As JSON has it, but for what is in quotes.
function shown(at) {
  if (type[at] == "string") return "\"" value[at] "\""
  return type[at] ~ /^(number|boolean|null)$/ ? value[at] : "an " type[at]
}

function is_ipv4(name,   i, parts) {
  if (name !~ /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/) return 0
  split(name, parts, ".")
  for (i = 1; i <= 4; i++) if (length(parts[i]) > 3 || parts[i] + 0 > 255 || parts[i] ~ /^0./) return 0
  return 1
}

function ipv4(at) {
  if (type[at] != "string" || !is_ipv4(value[at]))
    refuse(at, "must be an IPv4 address such as \"192.0.2.1\", not " shown(at))
  return value[at]
}

function whole_number(at, otherwise, first, last, unit) {
  if (!has(at)) return otherwise
  if (type[at] != "number" || value[at] !~ /^[0-9]+$/ || value[at] + 0 < first || value[at] + 0 > last)
    refuse(at, "must be " first " to " last " " unit ", not " shown(at))
  return value[at]
}
