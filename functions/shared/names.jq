# Checks of what both functions with a name server are told.
include "checks";

def most_servers: 8;

def address($element):
  if is_ipv4_address then .
  else refuse($element; "must be an IPv4 address such as \"192.0.2.1\", not \(tojson)")
  end;

def list($element; $most):
  if type != "array" then refuse($element; "must be an array, not \(type)")
  elif length > $most
  then refuse($element; "has \(length) elements; at most \($most) are allowed")
  else to_entries[] | {element: "\($element)/\(.key)", value}
  end;

# In lower case. Names of services have underscores.
def is_label:
  length >= 1 and length <= 63 and (startswith("-") or endswith("-") | not)
  and (explode | all((. >= 48 and . <= 57) or (. >= 97 and . <= 122) or . == 45 or . == 95));

def name($element):
  if type == "string" and length <= 253
    and (ascii_downcase | split(".") | . != [] and all(is_label))
  then ascii_downcase
  else refuse($element; "must be a domain name such as \"printer.home.example\", not \(tojson)")
  end;
