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
