# Addresses and prefixes of both families, as numbers: {length, words}, words of 16 bits each.
include "checks";

def hex_digit:
  if . >= 48 and . <= 57 then . - 48
  elif . >= 97 and . <= 102 then . - 87
  elif . >= 65 and . <= 70 then . - 55
  else null
  end;

def hex_word:
  explode | map(hex_digit)
  | if length < 1 or length > 4 or any(. == null) then null
    else reduce .[] as $digit (0; . * 16 + $digit)
    end;

def ipv6_group: if . == "" then [] else split(":") | map(hex_word) end;

# RFC 4291 section 2.2, forms 1 and 2: eight numbers, or null.
def ipv6_words:
  split("::") | map(ipv6_group)
  | if any(.[][]; . == null) or length > 2 then null
    elif length == 1 then .[0] | if length == 8 then . else null end
    elif .[0] + .[1] | length > 7 then null
    else .[0] + [range(8 - (.[0] + .[1] | length)) | 0] + .[1]
    end;

def address_words:
  if is_ipv4_address then split(".") | map(tonumber) | [.[0] * 256 + .[1], .[2] * 256 + .[3]]
  elif type == "string" then ipv6_words
  else null
  end;

# Null for what is no address or prefix; an address alone is a prefix of one host.
def prefix_numbers:
  if type != "string" then null
  else split("/") as $parts
    | ($parts[0] // "" | address_words) as $words
    | ($words | length * 16) as $bits
    | if $words == null or ($parts | length) > 2 then null
      elif $parts | length == 1 then {length: $bits, words: $words}
      elif $parts[1] | is_decimal_up_to($bits) then {length: $parts[1] | tonumber, words: $words}
      else null
      end
  end;

def is_ipv6: .words | length == 8;

# The words with only the first bits of them, the others zero.
def first_bits($length):
  to_entries
  | map(([[($length - .key * 16), 0] | max, 16] | min) as $bits
    | (65536 / pow(2; $bits)) as $rest
    | .value - .value % $rest);

def has_host_bits: .words != (.length as $length | .words | first_bits($length));

def contains_address($words):
  .length as $length
  | (.words | length) == ($words | length)
    and (.words | first_bits($length)) == ($words | first_bits($length));

def is_link_local: {length: 10, words: [65152, 0, 0, 0, 0, 0, 0, 0]} as $those
  | .words as $words | $those | contains_address($words);

def hex_text($digits):
  . as $number
  | [range($digits) | ($number / pow(16; $digits - 1 - .) | floor) % 16
    | "0123456789abcdef"[.:. + 1]] | join("");
