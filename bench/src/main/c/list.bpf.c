// A list of rules that is looked at from its begin, which the switch is compared with. The rules
// look at one field only, so that this is the least that a list can cost.
#include <linux/bpf.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_helpers.h>

#define MOST_RULES 1024
#define DESTINATION 30 // of IPv4, behind an Ethernet header

struct rule {
  __be32 mask;
  __be32 address;
};

struct list {
  __u32 count;
  struct rule rule[MOST_RULES];
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct list);
  __uint(pinning, LIBBPF_PIN_BY_NAME);
} rules SEC(".maps");

SEC("tc")
int list(struct __sk_buff *skb) {
  __u32 zero = 0;
  __be32 destination;
  struct list *list = bpf_map_lookup_elem(&rules, &zero);
  if (!list || bpf_skb_load_bytes(skb, DESTINATION, &destination, sizeof destination) < 0) {
    return TC_ACT_SHOT;
  }
  for (__u32 i = 0; i < MOST_RULES && i < list->count; i++) {
    struct rule *rule = &list->rule[i];
    if ((destination & rule->mask) == rule->address) return TC_ACT_OK;
  }
  return TC_ACT_SHOT;
}

char LICENSE[] SEC("license") = "GPL";
