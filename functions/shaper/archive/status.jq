# The queues of tc as classes of directions, in the order of the configuration.

def hex_number:
  reduce (explode[] | if . >= 97 then . - 87 else . - 48 end) as $digit (0; . * 16 + $digit);

def rate($device; $minor; $key):
  [ $shape | split("\n")[]
    | select(startswith("tc class replace dev \($device) "))
    | split(" ")
    | select(.[8] | ltrimstr("1:") | hex_number == $minor)
    | .[index($key) + 1] ][0];

def class($device):
  (.parent | ltrimstr("1:") | hex_number) as $minor
  | { rate: rate($device; $minor; "rate"), ceil: rate($device; $minor; "ceil"),
      bytes, packets, dropped: .drops, "waiting-bytes": .backlog, "waiting-packets": .qlen };

def direction($device):
  map(select(.dev == $device)) as $queues
  | select(any($queues[]; .kind == "htb"))
  | { rate: rate($device; 1; "rate"),
      rest: ([$queues[] | select(.parent == "1:2") | class($device)][0]),
      classes: [
        $queues
        | map(select(.kind == "tbf" and .parent != "1:2"))
        | sort_by(.parent | ltrimstr("1:") | hex_number)[]
        | class($device) ] };

{ directions: (
    [ {key: "lan-to-wan", value: direction($wan)}, {key: "wan-to-lan", value: direction($lan)} ]
    | from_entries) }
