# Makes the status of what nft lists.

def most_shown: 20;

def counts: { packets, bytes };

def counters:
  [.[].nftables[].counter | select(. != null) | { key: .name, value: counts }] | from_entries;

def elements($set):
  [.[].nftables[].set | select(. != null and (.name | startswith($set))) | .elem // [] | .[].elem];

def ago: $window - .expires;

def flow($last_seen):
  .val.concat as $key
  | { source: $key[0], destination: $key[1], protocol: $key[2] }
  + (if $key[3] == 0 and $key[4] == 0 then {}
     else { "source-port": $key[3], "destination-port": $key[4] } end)
  + (.counter | counts)
  + { "first-seconds-ago": ago, "last-seconds-ago": $last_seen[$key | tojson] };

def top_flows($seen):
  ($seen | map({ key: (.val.concat | tojson), value: ago }) | from_entries) as $last_seen
  | sort_by(-.counter.bytes) | .[:most_shown] | map(flow($last_seen));

def top_talkers:
  group_by(.val.concat[0])
  | map({ address: .[0].val.concat[0], flows: length,
      packets: (map(.counter.packets) | add), bytes: (map(.counter.bytes) | add) })
  | sort_by(-.bytes) | .[:most_shown];

counters as $counters
| elements("flows") as $flows
| elements("seen") as $seen
| { "lan-to-wan": $counters.lan_to_wan, "wan-to-lan": $counters.wan_to_lan,
    "not-ip": $counters.not_ip, "beyond-limit": $counters.beyond_limit,
    "window-seconds": $window, flows: ($flows | length), exporting: $exporting,
    "top-flows": ($flows | top_flows($seen)),
    "top-talkers": ($flows | top_talkers) }
