# Checks of names, addresses and lists, for configurations that have them; beside checks.jq.
include "checks";

def is_one_of_ascii($others):
  (. >= 48 and . <= 57) or (. >= 65 and . <= 90) or (. >= 97 and . <= 122) or IN($others[]);

# One part of a domain name, as RFC 2181 section 11 and host names in use have them.
def is_label:
  length >= 1 and length <= 63
  and (startswith("-") | not) and (endswith("-") | not)
  and (explode | all(is_one_of_ascii([45, 95])));

def is_domain_name:
  type == "string" and length <= 253 and (split(".") | length >= 1 and all(is_label));

def is_whole_number($first; $last):
  type == "number" and . == floor and . >= $first and . <= $last;

# Printable ASCII, which no tool takes for the end of a line.
def is_plain_text($limit):
  type == "string" and length >= 1 and length <= $limit
  and (explode | all(. >= 32 and . <= 126));

def number_of_ipv4: split(".") | map(tonumber) | reduce .[] as $byte (0; . * 256 + $byte);

def ipv4_address($element):
  if is_ipv4_address then .
  else refuse($element; "must be an IPv4 address such as \"192.0.2.1\", not \(tojson)")
  end;

# Neither the subnet's first address nor its last one is a host's; the environment has both, as
# numbers.
def on_subnet($element):
  ipv4_address($element)
  | if number_of_ipv4 > ($ENV.UN_FIRST | tonumber) and number_of_ipv4 < ($ENV.UN_LAST | tonumber)
    then .
    else refuse($element; "\(.) is no host's address in the subnet of port lan")
    end;

def domain_name($element):
  if is_domain_name then .
  else refuse($element; "must be a name such as \"www.example\", not \(tojson)")
  end;

# The items of an array, each with its pointer, as [pointer, item].
def items($element; $limit):
  if type != "array" then refuse($element; "must be an array, not \(type)")
  elif length > $limit then
    refuse($element; "has \(length) items; at most \($limit) are allowed")
  else to_entries[] | ["\($element)/\(.key)", .value]
  end;

def addresses($element; $limit): [items($element; $limit) | .[0] as $at | .[1] | ipv4_address($at)];

def names($element; $limit): [items($element; $limit) | .[0] as $at | .[1] | domain_name($at)];
