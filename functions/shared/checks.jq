# Checks of a configuration. Every refusal is one line that names the element by its JSON pointer.

def refuse($element; $reason):
  "configuration \($element | if . == "" then "(whole)" else . end) \($reason)\n" | halt_error(1);

# An absent configuration is null here, a file the array of its documents.
def one_document:
  if . == null then {}
  elif length == 1 then .[0]
  else refuse(""; "must be one JSON document, not \(length)")
  end;

def object_of($element; $known):
  if type != "object" then refuse($element; "must be an object, not \(type)")
  elif keys - $known == [] then .
  else
    (keys - $known)[0] as $key
    | refuse($element; "has the unknown key \($key | tojson); known: \($known | join(", "))")
  end;

def one_of($element; $choices):
  if IN($choices[]) then .
  else refuse($element; "must be \($choices | join(" or ")), not \(tojson)")
  end;

# A decimal number as addresses write it: digits only, no leading zero.
def is_decimal_up_to($limit):
  length >= 1 and length <= 5
  and (explode | all(. >= 48 and . <= 57))
  and (. == "0" or (startswith("0") | not))
  and tonumber <= $limit;

def is_ipv4_address: type == "string" and (split(".") | length == 4 and all(is_decimal_up_to(255)));

def is_ipv4_prefix:
  type == "string"
  and (split("/")
    | length <= 2 and (.[0] | is_ipv4_address) and (length == 1 or (.[1] | is_decimal_up_to(32))));

def check_comment($element):
  if has("comment") and (.comment | type) != "string"
  then refuse("\($element)/comment"; "must be a string, not \(.comment | type)")
  else .
  end;

def is_hextet:
  length >= 1 and length <= 4
  and (ascii_downcase | explode | all((. >= 48 and . <= 57) or (. >= 97 and . <= 102)));

# In hexadecimal throughout: a dotted tail is not let through.
def is_ipv6_address:
  type == "string"
  and (split("::") | map(if . == "" then [] else split(":") end)
    | ((length == 1 and (.[0] | length == 8)) or (length == 2 and (add | length <= 7)))
      and (add | all(is_hextet)));

def is_ipv6_prefix:
  type == "string"
  and (split("/")
    | length <= 2 and (.[0] | is_ipv6_address) and (length == 1 or (.[1] | is_decimal_up_to(128))));

def required($element; $key):
  if has($key) then .[$key] else refuse($element; "needs a \($key)") end;

def list_of_up_to($element; $most):
  if type != "array" then refuse($element; "must be an array, not \(type)")
  elif length > $most then refuse($element; "has \(length) entries; at most \($most) are allowed")
  else .
  end;

# An address and a port.
def is_ipv4_endpoint:
  type == "string"
  and (split(":") | length == 2 and (.[0] | is_ipv4_address)
    and (.[1] | is_decimal_up_to(65535)) and .[1] != "0");

def whole_number($element; $least; $most):
  if type == "number" and . == floor and . >= $least and . <= $most then floor
  else refuse($element; "must be a whole number from \($least) to \($most), not \(tojson)")
  end;

def port_number($element):
  if type == "number" and . == floor and . >= 1 and . <= 65535 then floor
  else
    refuse($element;
      "must be a port from 1 to 65535 or a range such as \"1000-2000\", not \(tojson)")
  end;

# One number, or two: the ends of a range.
def port_range($element):
  if type != "string" then [port_number($element)]
  else . as $text
    | [split("-")[] | if is_decimal_up_to(65535) then tonumber else null end]
    | if length != 2 or any(. == null) then $text | port_number($element)
      elif .[0] > .[1] then refuse($element; "must not end before it begins: \($text)")
      else map(port_number($element)) | unique
      end
  end;
