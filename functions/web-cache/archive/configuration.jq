# Prints the checked settings, one a line: the kind, then what squid is told, or the value.
include "checks";
include "domains";

def number($key; $default; $first; $last):
  if .[$key] == null then $default
  elif .[$key] | is_whole_number($first; $last) then .[$key]
  else refuse("/\($key)"; "must be a whole number from \($first) to \($last), not \(.[$key] | tojson)")
  end;

# Squid refuses a domain that lies below another one of the list.
def domains($key):
  [.[$key] // [] | names("/\($key)"; 10000)[] | ascii_downcase] | unique
  | (map({key: ., value: true}) | from_entries) as $all
  | map(select(split(".") as $labels
      | any(range(1; $labels | length); $all[$labels[.:] | join(".")]) | not));

def networks:
  .[0] as $at | .[1]
  | if is_ipv4_prefix then .
    else refuse($at; "must be an IPv4 network such as \"10.0.0.0/24\", not \(tojson)")
    end;

def port:
  number("port"; 3128; 1; 65535)
  | if . == 3129 then refuse("/port"; "3129 is used for intercepted connections") else . end;

def flag($key):
  if has($key) then .[$key] | one_of("/\($key)"; [true, false]) else false end;

one_document
| object_of("";
    ["port", "intercept", "memory-megabytes", "disk-megabytes", "clients", "allow", "block", "dns",
     "gateway"])
| "port \(port)",
  "intercept \(flag("intercept"))",
  "memory \(number("memory-megabytes"; 32; 8; 160))",
  "disk \(number("disk-megabytes"; 0; 0; 100000) | if . > 0 and . < 16 then refuse("/disk-megabytes"; "must be 0 or at least 16") else . end)",
  (if has("gateway") then "gateway \(.gateway | ipv4_address("/gateway"))" else empty end),
  (.dns // [] | addresses("/dns"; 8)[] | "dns \(.)"),
  (.clients // [] | items("/clients"; 100) | "client \(networks)"),
  (domains("allow")[] | "allow .\(.)"),
  (domains("block")[] | "block .\(.)")
