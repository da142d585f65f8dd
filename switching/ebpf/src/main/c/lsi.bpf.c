// The data plane of all LSIs of a node: one program at the ingress of every port.
//
// A frame enters the LSI that owns its port. The table of the in-port says which rule decides; the
// rule's outputs are ports of the same LSI. An output that is a virtual link leads into another LSI
// within the same run, so that a walk through LSI-0 and a graph's LSI costs two look-ups and no
// device. What no rule matches is dropped: the switch fails closed.
//
// Rules of an in-port are grouped by the header bits they look at (tuple space search): one hash
// look-up per distinct mask, best rank first, so that the time does not grow with the number of
// rules. A table is replaced in one map update; its generation is part of every rule's key, so that
// a frame meets the rules of one generation only.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define MOST_TUPLES 32   // distinct masks in one table
#define MOST_OUTPUTS 16  // outputs of one rule
#define MOST_VISITS (1 + MOST_OUTPUTS) // LSIs that one frame and its copies visit in one run
#define MOST_ATTEMPTS 4  // tables that a port may get while one frame is looked at
#define LINK 0x80000000u // port numbers with this bit are virtual links, others are ifindexes
#define TAGGED 0x1000    // in headers.vlan: there is a tag; the id is below
#define NO_RANK 0xffffffffu

// The header fields that rules look at, in network order unless said otherwise; zero if absent.
struct headers {
  __u8 dest_mac[6];
  __u8 source_mac[6];
  __u16 ether_type;
  __u16 vlan; // machine order: TAGGED | id, or 0
  __u32 source_ip;
  __u32 dest_ip;
  __u16 source_port;
  __u16 dest_port;
  __u8 protocol;
  __u8 unused[3];
};

#define WORDS (sizeof(struct headers) / sizeof(__u64))

struct port {
  __u32 lsi;
  __u32 number;
};

#define INTO_FUNCTION 1 // deliver to the veth's peer, past the stack on this side

struct device {
  __u32 lsi;
  __u32 flags;
};

struct link_end {
  struct port peer;
  __u8 name[16]; // digest by which the control plane finds the link again
};

struct tuple {
  __u64 mask[WORDS];
  __u32 best_rank; // the least rank of its rules
  __u32 unused;
};

struct table {
  __u32 generation;
  __u32 tuples;
  struct tuple tuple[MOST_TUPLES]; // by best_rank
};

struct rule_key {
  struct port in;
  __u32 generation;
  __u32 tuple;
  __u64 masked[WORDS];
};

struct rule {
  __u32 rank; // position in the deciding order of the table; the least wins
  __u32 outputs;
  __u32 output[MOST_OUTPUTS];
};

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 16384);
  __type(key, __u32); // ifindex
  __type(value, struct device);
  __uint(pinning, LIBBPF_PIN_BY_NAME);
} devices SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 32768);
  __type(key, struct port);
  __type(value, struct link_end);
  __uint(pinning, LIBBPF_PIN_BY_NAME);
} links SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 32768);
  __type(key, struct port);
  __type(value, struct table);
  __uint(pinning, LIBBPF_PIN_BY_NAME);
} tables SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(map_flags, BPF_F_NO_PREALLOC);
  __uint(max_entries, 262144);
  __type(key, struct rule_key);
  __type(value, struct rule);
  __uint(pinning, LIBBPF_PIN_BY_NAME);
} rules SEC(".maps");

struct question {
  struct headers headers;
  struct port in;
};

// The way of one frame and its copies through the LSIs.
struct walk {
  struct question question;
  struct port visit[MOST_VISITS];
  __u32 visits;
  __u32 last; // ifindex of the last output so far, to which the frame itself will go
};

struct answer {
  __u32 outputs;
  __u32 output[MOST_OUTPUTS];
};

static __always_inline void parse_ports(void *at, void *end, struct headers *headers) {
  __u16 *ports = at;
  switch (headers->protocol) {
  case IPPROTO_TCP:
  case IPPROTO_UDP:
  case IPPROTO_SCTP:
    if ((void *)(ports + 2) > end) return;
    headers->source_port = ports[0];
    headers->dest_port = ports[1];
  }
}

static __always_inline void parse_ipv4(void *at, void *end, struct headers *headers) {
  struct iphdr *ip = at;
  if ((void *)(ip + 1) > end) return;
  headers->source_ip = ip->saddr;
  headers->dest_ip = ip->daddr;
  headers->protocol = ip->protocol;
  int later_fragment = ip->frag_off & bpf_htons(0x1fff);
  if (!later_fragment && ip->ihl >= 5) parse_ports(at + ip->ihl * 4, end, headers);
}

static __always_inline void parse_ipv6(void *at, void *end, struct headers *headers) {
  struct ipv6hdr *ip = at;
  if ((void *)(ip + 1) > end) return;
  headers->protocol = ip->nexthdr;
  parse_ports(ip + 1, end, headers);
}

// The longest headers we read: Ethernet, one tag, IPv4 with all options, ports.
#define HEADERS_BYTES (ETH_HLEN + 4 + 60 + 4)

static __always_inline int parse(struct __sk_buff *skb, struct headers *headers) {
  __u32 wanted = skb->len < HEADERS_BYTES ? skb->len : HEADERS_BYTES;
  if ((void *)(long)skb->data + wanted > (void *)(long)skb->data_end) {
    if (bpf_skb_pull_data(skb, wanted) < 0) return -1;
  }
  void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
  struct ethhdr *ethernet = data;
  if ((void *)(ethernet + 1) > end) return -1;
  __builtin_memcpy(headers, ethernet, 2 * ETH_ALEN);
  headers->ether_type = ethernet->h_proto;
  void *payload = ethernet + 1;
  if (skb->vlan_present) {
    headers->vlan = TAGGED | (skb->vlan_tci & 0x0fff);
  } else if (headers->ether_type == bpf_htons(ETH_P_8021Q) ||
             headers->ether_type == bpf_htons(ETH_P_8021AD)) {
    __u16 *tag = payload;
    if ((void *)(tag + 2) > end) return -1;
    headers->vlan = TAGGED | (bpf_ntohs(tag[0]) & 0x0fff);
    headers->ether_type = tag[1];
    payload = tag + 2;
  }
  if (headers->ether_type == bpf_htons(ETH_P_IP)) parse_ipv4(payload, end, headers);
  if (headers->ether_type == bpf_htons(ETH_P_IPV6)) parse_ipv6(payload, end, headers);
  return 0;
}

// Looks through one table; the reader of its answer checks that it was one table all the while.
static __always_inline void look(struct table *table, struct question *question,
                                 struct answer *answer) {
  struct rule_key key = {.in = question->in, .generation = table->generation};
  __u64 *words = (__u64 *)&question->headers;
  struct rule *best = NULL;
  for (__u32 i = 0; i < MOST_TUPLES && i < table->tuples; i++) {
    struct tuple *tuple = &table->tuple[i];
    if (best && best->rank < tuple->best_rank) break;
    key.tuple = i;
    for (__u32 w = 0; w < WORDS; w++) key.masked[w] = words[w] & tuple->mask[w];
    struct rule *rule = bpf_map_lookup_elem(&rules, &key);
    if (rule && (!best || rule->rank < best->rank)) best = rule;
  }
  answer->outputs = 0;
  if (!best) return;
  __builtin_memcpy(answer->output, best->output, sizeof(answer->output));
  answer->outputs = best->outputs;
}

// Finds the deciding rule. Not static: the verifier checks it once, whoever calls.
//
// The kernel may use the memory of a replaced table again at once, for the table of another port,
// while we still read it. Generations are never used twice: if the port's table has the one that we
// read first, it is the table that we read.
__noinline int classify(struct question *question, struct answer *answer) {
  if (!question || !answer) return -1;
  for (__u32 attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    answer->outputs = 0;
    struct table *table = bpf_map_lookup_elem(&tables, &question->in);
    if (!table) return 0;
    __u32 generation = *(volatile __u32 *)&table->generation;
    look(table, question, answer);
    table = bpf_map_lookup_elem(&tables, &question->in);
    if (table && *(volatile __u32 *)&table->generation == generation) return 0;
  }
  answer->outputs = 0;
  return 0;
}

// The last output gets the frame itself, by the shorter way into a function where there is one.
static __always_inline int deliver(__u32 ifindex) {
  struct device *device = bpf_map_lookup_elem(&devices, &ifindex);
  if (!device) return TC_ACT_SHOT;
  return device->flags & INTO_FUNCTION ? bpf_redirect_peer(ifindex, 0) : bpf_redirect(ifindex, 0);
}

// Follows the outputs of the rule that decides in one LSI. Not static, as classify is not.
__noinline int visit(struct __sk_buff *skb, struct walk *walk) {
  if (!walk) return -1;
  struct answer answer = {};
  if (classify(&walk->question, &answer) < 0) return -1;
  for (__u32 o = 0; o < MOST_OUTPUTS && o < answer.outputs; o++) {
    __u32 output = answer.output[o];
    if (output & LINK) {
      struct port near = {.lsi = walk->question.in.lsi, .number = output};
      struct link_end *end = bpf_map_lookup_elem(&links, &near);
      if (end && walk->visits < MOST_VISITS) walk->visit[walk->visits++] = end->peer;
    } else {
      if (walk->last) bpf_clone_redirect(skb, walk->last, 0);
      walk->last = output;
    }
  }
  return 0;
}

SEC("tc")
int lsi(struct __sk_buff *skb) {
  __u32 ifindex = skb->ifindex;
  struct device *device = bpf_map_lookup_elem(&devices, &ifindex);
  if (!device) return TC_ACT_OK;
  struct walk walk = {.visit = {{.lsi = device->lsi, .number = ifindex}}, .visits = 1};
  if (parse(skb, &walk.question.headers) < 0) return TC_ACT_SHOT;
  for (__u32 v = 0; v < MOST_VISITS && v < walk.visits; v++) {
    walk.question.in = walk.visit[v];
    if (visit(skb, &walk) < 0) return TC_ACT_SHOT;
  }
  return walk.last ? deliver(walk.last) : TC_ACT_SHOT;
}

char LICENSE[] SEC("license") = "GPL";
