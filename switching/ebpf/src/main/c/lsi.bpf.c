// The data plane of all LSIs of a node: one program at the ingress of every port.
//
// A frame enters the LSI that owns its port. The table of the in-port says which rule decides; the
// rule's operations change the frame and put it out. An output that is a virtual link leads into
// another LSI within the same run, so that a walk through LSI-0 and a graph's LSI costs two
// look-ups and no device. What no rule matches is dropped: the switch fails closed.
//
// Rules of an in-port are grouped by the header bits they look at (tuple space search): one hash
// look-up per distinct mask, best rank first, so that the time does not grow with the number of
// rules. A rule that matches everything stands in the table itself.
//
// Changes are versions. A walk reads the version once and meets, at every in-port on its way, the
// newest table that is not newer than that, so that it sees one state of all LSIs, however many of
// them a change concerns. Tables share the rules in which they do not differ: each rule says from
// which generation of tables on it counts, and until when.
//
// The frame is not touched while rules are looked for. Operations change our picture of its
// headers; only what leaves by a device is written into the frame, as the difference between what
// it is and what it shall be. So each of several outputs gets the frame as it was at its place
// among the operations.
#include <stddef.h>

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define MOST_TUPLES 32    // distinct masks in one table
#define FEW_TUPLES 2      // as many as most tables have
#define MOST_VISITS 64    // in-ports that one frame and its copies visit in one run
#define MOST_OPS 8        // operations in a rule itself
#define MOST_PROGRAM 64   // operations in a program of their own
#define MOST_MEMBERS 32   // ports of one learning group
#define MOST_TAGS 4       // 802.1Q tags that are looked at when a frame comes
#define TAG_ROOM 8        // and that it may have on its way
#define MOST_EXTENSIONS 6 // IPv6 headers before the payload
#define MOST_OPTIONS 4    // options of a neighbour discovery message
#define MOST_OUTPUTS 16   // outputs that a run remembers for those who ask
#define BPF_F_IPV6 (1ull << 7) // of bpf_l4_csum_replace; older headers do not have it
#define EINVAL 22
#define TAGGED 0x1000     // in headers.vlan: there is a tag; the id is below
#define SLOTS 4           // versions of one table that are there at a time
#define NO_RULES 1        // generation of a table without rules
#define NO_RANK 0xffffffffffffffffull
#define NO_WORD 0xff

// The header fields that rules look at, in network order unless said otherwise; zero if absent.
struct headers {
  __u8 dest_mac[6];
  __u8 source_mac[6];
  __be16 ether_type;
  __u16 vlan;         // machine order: TAGGED | id, or 0
  __be32 source[4];   // IPv6; IPv4 and ARP in the first word
  __be32 dest[4];
  __be16 source_port; // type and code of ICMP; operation of ARP
  __be16 dest_port;
  __u8 protocol;
  __u8 tos;
  __u8 priority;      // of the outermost tag
  __u8 traffic_class; // of the MPLS label
  __u32 label;        // machine order: IPv6 flow label or MPLS label
  __u32 unused;
  __be32 target[4];   // of neighbour discovery
  __u8 link[12];      // ARP: sender, target; neighbour discovery: source option, target option
  __u32 unused_too;
};

#define WORDS (sizeof(struct headers) / sizeof(__u64))
#define NARROW 4 // words that the key of a rule has room for, if it needs no more

// All tags of a frame, the innermost first.
struct tags {
  __u32 count;
  __u16 protocol[TAG_ROOM]; // network order
  __u16 tci[TAG_ROOM];      // machine order
};

#define EDITED_TAGS 1
#define EDITED_MACS 2
#define EDITED_IP 4
#define EDITED_PORTS 8

// What a frame looks like at one moment of its walk.
struct picture {
  struct headers headers;
  struct tags tags;
  __u32 edits; // in what it may differ from the frame as it came in
};

enum { TO_DEVICE = 1, TO_FUNCTION, TO_LINK, TO_GROUP, TO_TUNNEL };

struct slot {
  __u32 version;
  __u32 generation; // of the table that is valid from that version on; 0: the slot is not used
};

// A port of an LSI by its number, which is unique on the node.
struct port {
  struct slot slot[SLOTS];
  __u32 kind;
  __u32 target; // ifindex; the link's other end; the learning group
};

struct tunnel {
  __u32 id;
  __u32 ttl;
  __be32 remote[4]; // IPv4 in the first word
  __be32 local[4];
  __u32 ipv6;
};

struct device {
  __u32 port;
  __u32 lsi;
  __u32 flags; // of the control plane
};

// What the control plane needs to find a virtual link or a member of a group again.
struct joint {
  __u32 lsi;
  __u32 kind;
  __u8 name[32]; // digest of what it is
};

struct tuple {
  __u64 mask[WORDS];
  __u8 word[NARROW]; // which words the mask looks at; NO_WORD in the first if more than NARROW
  __u32 id;          // in its space
  __u64 best_rank;   // the least rank of its rules
};

enum { OUTPUT = 1, PUSH_VLAN, POP_VLAN, SET_VLAN, SET_PRIORITY, SET_DSCP, SET_BYTES, CALL };
enum { OF_ANY, OF_IPV4, OF_IPV6, OF_PORTS };

struct op {
  __u8 kind;
  __u8 frames; // SET_BYTES: which frames have the field
  __u8 offset; // SET_BYTES: where in the headers
  __u8 bytes;  // SET_BYTES: 2 or 4
  __u32 value;
};

struct rule {
  __u64 rank;    // position in the deciding order of the table; the least wins
  __u32 counter;
  __u32 ops;
  struct op op[MOST_OPS];
};

// Generations of tables in which a rule counts.
struct life {
  __u32 since;
  __u32 until; // the first without it
};

// What rules one match has. It is changed where it stands, one rule while walks look at the other:
// an entry that were replaced or removed might become another's under the eyes of a walk.
struct versions {
  struct bpf_spin_lock lock; // of those who write
  __u32 unused;
  struct life life[2];
  struct rule rule[2];
};

struct table {
  __u32 tuples;
  __u32 space;           // whose rules it has
  struct rule otherwise; // matches everything; its rank is NO_RANK if there is none
  struct tuple tuple[FEW_TUPLES]; // by best_rank
};

struct more_tuples {
  struct tuple tuple[MOST_TUPLES - FEW_TUPLES];
};

struct program {
  __u32 ops;
  __u32 space; // whose rules do it
  struct op op[MOST_PROGRAM];
};

struct narrow_key {
  __u32 space;
  __u32 tuple;
  __u64 masked[NARROW];
};

struct wide_key {
  __u32 space;
  __u32 tuple;
  __u64 masked[WORDS];
};

struct count {
  __u64 packets;
  __u64 bytes;
};

struct traffic {
  struct count in;
  struct count out;
  struct count dropped; // came in, and no rule matched
};

struct member_key {
  __u32 group;
  __u8 mac[6];
  __u16 unused;
};

struct members {
  __u32 count;
  __u32 port[MOST_MEMBERS];
};

struct tunnel_key {
  __u32 ifindex;
  __u32 id;
  __be32 remote[4];
};

#define PINNED_MAP(NAME, TYPE, FLAGS, ENTRIES, KEY, VALUE) \
  struct {                                                 \
    __uint(type, TYPE);                                    \
    __uint(map_flags, FLAGS);                              \
    __uint(max_entries, ENTRIES);                          \
    __type(key, KEY);                                      \
    __type(value, VALUE);                                  \
    __uint(pinning, LIBBPF_PIN_BY_NAME);                                   \
  } NAME SEC(".maps")

#define ON_DEMAND BPF_F_NO_PREALLOC
#define MOST_PORTS 32768
#define MOST_COUNTERS 65536

PINNED_MAP(version, BPF_MAP_TYPE_ARRAY, 0, 1, __u32, __u32);
PINNED_MAP(devices, BPF_MAP_TYPE_HASH, ON_DEMAND, 16384, __u32, struct device); // by ifindex
PINNED_MAP(ports, BPF_MAP_TYPE_ARRAY, 0, MOST_PORTS, __u32, struct port);
PINNED_MAP(tables, BPF_MAP_TYPE_HASH, ON_DEMAND, 65536, __u32, struct table); // by generation
PINNED_MAP(more_tuples, BPF_MAP_TYPE_HASH, ON_DEMAND, 65536, __u32, struct more_tuples);
PINNED_MAP(rules, BPF_MAP_TYPE_HASH, ON_DEMAND, 262144, struct narrow_key, struct versions);
PINNED_MAP(wide_rules, BPF_MAP_TYPE_HASH, ON_DEMAND, 262144, struct wide_key, struct versions);
PINNED_MAP(programs, BPF_MAP_TYPE_HASH, ON_DEMAND, 65536, __u32, struct program);
PINNED_MAP(counters, BPF_MAP_TYPE_PERCPU_ARRAY, 0, MOST_COUNTERS, __u32, struct count);
PINNED_MAP(traffic, BPF_MAP_TYPE_PERCPU_ARRAY, 0, MOST_PORTS, __u32, struct traffic);
PINNED_MAP(learned, BPF_MAP_TYPE_LRU_HASH, 0, 16384, struct member_key, __u32);
PINNED_MAP(groups, BPF_MAP_TYPE_HASH, ON_DEMAND, 4096, __u32, struct members);
PINNED_MAP(tunnels, BPF_MAP_TYPE_HASH, ON_DEMAND, 4096, __u32, struct tunnel); // by port
PINNED_MAP(tunnel_ports, BPF_MAP_TYPE_HASH, ON_DEMAND, 4096, struct tunnel_key, __u32);

// Read by the control plane only.
struct digest {
  __u8 bytes[16];
};

PINNED_MAP(joints, BPF_MAP_TYPE_HASH, ON_DEMAND, MOST_PORTS, __u32, struct joint); // by port
PINNED_MAP(places, BPF_MAP_TYPE_HASH, ON_DEMAND, 16384, __u32, __u32); // by ifindex
PINNED_MAP(rule_counters, BPF_MAP_TYPE_HASH, ON_DEMAND, MOST_COUNTERS, struct digest, __u32);

struct visit {
  __u32 port;
  __u32 changed; // the frame arrives as the picture shows, else as it came
  struct picture picture;
};

// The way of one frame and its copies through the LSIs.
struct walk {
  __u32 version;
  __u32 parsed;         // came has been filled
  __u32 layer4;         // offset from the network header; 0 if there is none
  __u32 has_ports;      // and they are TCP's, UDP's or SCTP's
  __u32 ip;             // 4 or 6 if there is a whole header of that version
  __u32 visits;
  __u32 pending;        // port that the frame itself will leave by; 0: none so far
  __u32 pending_target;
  __u32 pending_kind;
  __u32 outputs;
  __u32 output[MOST_OUTPUTS]; // ports, for those who ask where the frame went
  __u32 generation;           // of the table whose rules are looked for
  __u32 space;                // and where they are
  struct rule decided;
  struct picture came;    // the frame as it came in
  struct picture frame;   // as it is, if its edits say that it is not as it came
  struct picture now;     // as the operations so far want it, if its edits say so
  struct picture leaving; // as it shall leave by the pending port
  struct visit visit[MOST_VISITS];
};

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 1);
  __type(key, __u32);
  __type(value, struct walk);
  __uint(pinning, LIBBPF_PIN_BY_NAME);
} walks SEC(".maps");

#define CODE static __always_inline
#define CHECKED_ONCE __noinline // not static: the verifier checks it once, whoever calls

CODE int is_tag(__be16 type) {
  return type == bpf_htons(ETH_P_8021Q) || type == bpf_htons(ETH_P_8021AD);
}

CODE int has_ports(__u8 protocol) {
  return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP || protocol == IPPROTO_SCTP;
}

// ---- reading the frame ----

CODE void read_layer4(struct __sk_buff *skb, __u32 at, struct walk *walk) {
  struct headers *headers = &walk->came.headers;
  __be16 words[2];
  if (has_ports(headers->protocol)) {
    if (bpf_skb_load_bytes(skb, at, words, 4) < 0) return;
    headers->source_port = words[0];
    headers->dest_port = words[1];
    walk->has_ports = 1;
  } else if (headers->protocol == IPPROTO_ICMP || headers->protocol == IPPROTO_ICMPV6) {
    if (bpf_skb_load_bytes(skb, at, words, 2) < 0) return;
    headers->source_port = words[0];
  }
}

// RFC 4861: solicitation and advertisement have a target and then options of eight bytes each.
CHECKED_ONCE int read_discovery(struct __sk_buff *skb, __u32 at, struct walk *walk) {
  if (!walk) return -1;
  struct headers *headers = &walk->came.headers;
  __u8 message = headers->source_port & bpf_htons(0xff00) ? bpf_ntohs(headers->source_port) >> 8 : 0;
  if (message != 135 && message != 136) return 0;
  if (bpf_skb_load_bytes(skb, at + 8, headers->target, 16) < 0) return 0;
  at += 24;
  for (int i = 0; i < MOST_OPTIONS; i++) {
    __u8 option[8];
    if (bpf_skb_load_bytes(skb, at, option, 8) < 0 || option[1] == 0) return 0;
    if (option[0] == 1 && message == 135) __builtin_memcpy(headers->link, option + 2, 6);
    if (option[0] == 2 && message == 136) __builtin_memcpy(headers->link + 6, option + 2, 6);
    at += option[1] * 8;
  }
  return 0;
}

CODE void read_ipv4(struct __sk_buff *skb, __u32 at, struct walk *walk) {
  struct headers *headers = &walk->came.headers;
  struct iphdr ip;
  if (bpf_skb_load_bytes(skb, at, &ip, sizeof ip) < 0) return;
  walk->ip = 4;
  headers->source[0] = ip.saddr;
  headers->dest[0] = ip.daddr;
  headers->protocol = ip.protocol;
  headers->tos = ip.tos;
  if (ip.ihl < 5 || ip.frag_off & bpf_htons(0x1fff)) return;
  walk->layer4 = ip.ihl * 4;
  read_layer4(skb, at + walk->layer4, walk);
}

// Follows the extension headers of RFC 8200 to the payload.
CHECKED_ONCE int read_ipv6(struct __sk_buff *skb, __u32 at, struct walk *walk) {
  if (!walk) return -1;
  struct headers *headers = &walk->came.headers;
  struct ipv6hdr ip;
  if (bpf_skb_load_bytes(skb, at, &ip, sizeof ip) < 0) return 0;
  walk->ip = 6;
  __builtin_memcpy(headers->source, &ip.saddr, 16);
  __builtin_memcpy(headers->dest, &ip.daddr, 16);
  __u32 first = bpf_ntohl(*(__be32 *)&ip);
  headers->tos = first >> 20 & 0xff;
  headers->label = first & 0xfffff;
  __u8 next = ip.nexthdr;
  __u32 length = sizeof ip;
  int whole = 1;
  for (int i = 0; i < MOST_EXTENSIONS; i++) {
    __u8 extension[4];
    int skipped = next == IPPROTO_HOPOPTS || next == IPPROTO_ROUTING || next == IPPROTO_DSTOPTS ||
                  next == IPPROTO_FRAGMENT || next == IPPROTO_AH;
    if (!skipped) break;
    if (bpf_skb_load_bytes(skb, at + length, extension, 4) < 0) {
      whole = 0;
      break;
    }
    __u32 size = (extension[1] + 1) * 8;
    if (next == IPPROTO_AH) size = (extension[1] + 2) * 4;
    if (next == IPPROTO_FRAGMENT) {
      size = 8;
      if ((extension[2] << 8 | extension[3]) & 0xfff8) whole = 0;
    }
    next = extension[0];
    length += size;
    if (!whole) break;
  }
  headers->protocol = next;
  if (!whole) return 0;
  walk->layer4 = length;
  read_layer4(skb, at + length, walk);
  if (next == IPPROTO_ICMPV6) read_discovery(skb, at + length, walk);
  return 0;
}

CODE void read_arp(struct __sk_buff *skb, __u32 at, struct headers *headers) {
  struct {
    __be16 hardware;
    __be16 protocol;
    __be16 lengths;
    __be16 operation;
    __u8 sender_mac[6];
    __u8 sender_ip[4];
    __u8 target_mac[6];
    __u8 target_ip[4];
  } __attribute__((packed)) arp;
  if (bpf_skb_load_bytes(skb, at, &arp, sizeof arp) < 0) return;
  int ethernet = arp.hardware == bpf_htons(1), ipv4 = arp.protocol == bpf_htons(ETH_P_IP);
  if (!ethernet || !ipv4 || arp.lengths != bpf_htons(0x0604)) return;
  headers->source_port = arp.operation;
  __builtin_memcpy(headers->source, arp.sender_ip, 4);
  __builtin_memcpy(headers->dest, arp.target_ip, 4);
  __builtin_memcpy(headers->link, arp.sender_mac, 6);
  __builtin_memcpy(headers->link + 6, arp.target_mac, 6);
}

CODE void read_mpls(struct __sk_buff *skb, __u32 at, struct headers *headers) {
  __be32 label;
  if (bpf_skb_load_bytes(skb, at, &label, 4) < 0) return;
  headers->label = bpf_ntohl(label) >> 12;
  headers->traffic_class = bpf_ntohl(label) >> 9 & 7;
}

// The outermost tag as rules see it.
CODE void show_tag(struct picture *picture) {
  __u32 count = picture->tags.count;
  picture->headers.vlan = 0;
  picture->headers.priority = 0;
  if (count == 0 || count > TAG_ROOM) return;
  __u16 tci = picture->tags.tci[count - 1];
  picture->headers.vlan = TAGGED | (tci & 0x0fff);
  picture->headers.priority = tci >> 13;
}

// Fills in the tags, of which the frame and the device give the outermost first. A fifth tag counts
// as payload. Answers where the payload begins.
CODE __u32 read_tags(struct __sk_buff *skb, struct walk *walk) {
  struct headers *headers = &walk->came.headers;
  __u16 protocol[MOST_TAGS] = {}, tci[MOST_TAGS] = {};
  __u32 found = 0, at = ETH_HLEN;
  if (skb->vlan_present) {
    protocol[0] = skb->vlan_proto;
    tci[0] = skb->vlan_tci;
    found = 1;
  }
  for (__u32 i = 0; i < MOST_TAGS; i++) {
    __be16 tag[2];
    if (i < found) continue;
    if (!is_tag(headers->ether_type) || bpf_skb_load_bytes(skb, at, tag, 4) < 0) break;
    protocol[i] = headers->ether_type;
    tci[i] = bpf_ntohs(tag[0]);
    found = i + 1;
    headers->ether_type = tag[1];
    at += 4;
  }
  for (__u32 i = 0; i < MOST_TAGS; i++) {
    __u32 innermost_first = found - 1 - i;
    if (i >= found || innermost_first >= MOST_TAGS) break;
    walk->came.tags.protocol[innermost_first] = protocol[i];
    walk->came.tags.tci[innermost_first] = tci[i];
  }
  walk->came.tags.count = found;
  return at;
}

// Fills the picture of the frame as it came.
CHECKED_ONCE int read_frame(struct __sk_buff *skb, struct walk *walk) {
  if (!walk) return -1;
  struct headers *headers = &walk->came.headers;
  __builtin_memset(headers, 0, sizeof *headers);
  walk->came.tags.count = 0;
  walk->layer4 = 0;
  walk->ip = 0;
  walk->has_ports = 0;
  walk->parsed = 1;
  if (bpf_skb_load_bytes(skb, 0, headers, ETH_HLEN) < 0) return 0;
  __u32 payload = ETH_HLEN;
  if (skb->vlan_present || is_tag(headers->ether_type)) payload = read_tags(skb, walk);
  show_tag(&walk->came);
  switch (headers->ether_type) {
  case bpf_htons(ETH_P_IP):
    read_ipv4(skb, payload, walk);
    break;
  case bpf_htons(ETH_P_IPV6):
    read_ipv6(skb, payload, walk);
    break;
  case bpf_htons(ETH_P_ARP):
    read_arp(skb, payload, headers);
    break;
  case bpf_htons(ETH_P_MPLS_UC):
  case bpf_htons(ETH_P_MPLS_MC):
    read_mpls(skb, payload, headers);
    break;
  }
  return 0;
}

// ---- writing the frame ----

CHECKED_ONCE int write_tags(struct __sk_buff *skb, struct walk *walk) {
  if (!walk) return -1;
  struct tags *is = &walk->frame.tags, *wanted = &walk->leaving.tags;
  __u32 same = 0;
  for (__u32 i = 0; i < TAG_ROOM; i++) {
    if (i != same || i >= is->count || i >= wanted->count) break;
    if (is->tci[i] == wanted->tci[i] && is->protocol[i] == wanted->protocol[i]) same = i + 1;
  }
  for (__u32 i = 0; i < TAG_ROOM; i++) {
    if (is->count <= same) break;
    if (bpf_skb_vlan_pop(skb) < 0) return -1;
    is->count--;
  }
  for (__u32 i = 0; i < TAG_ROOM; i++) {
    if (i < same) continue;
    if (i >= wanted->count) break;
    if (bpf_skb_vlan_push(skb, wanted->protocol[i], wanted->tci[i]) < 0) return -1;
    is->protocol[i] = wanted->protocol[i];
    is->tci[i] = wanted->tci[i];
    is->count = i + 1;
  }
  return 0;
}

// Where the transport checksum is, from the transport header; -1 if the protocol has none to mend.
CODE int checksum_offset(__u8 protocol) {
  switch (protocol) {
  case IPPROTO_TCP:
    return 16;
  case IPPROTO_UDP:
    return 6;
  case IPPROTO_ICMPV6:
    return 2;
  default:
    return -1;
  }
}

CODE __u64 checksum_flags(__u8 protocol) {
  return protocol == IPPROTO_UDP ? BPF_F_MARK_MANGLED_0 : 0;
}

CODE int write_ipv4_address(struct __sk_buff *skb, struct walk *walk, __u32 at, int source) {
  struct headers *is = &walk->frame.headers, *wanted = &walk->leaving.headers;
  __be32 from = source ? is->source[0] : is->dest[0];
  __be32 to = source ? wanted->source[0] : wanted->dest[0];
  if (from == to) return 0;
  __u32 field = at + (source ? offsetof(struct iphdr, saddr) : offsetof(struct iphdr, daddr));
  int checksum = is->protocol == IPPROTO_ICMPV6 ? -1 : checksum_offset(is->protocol);
  if (walk->layer4 && checksum >= 0) {
    __u64 flags = BPF_F_PSEUDO_HDR | checksum_flags(is->protocol) | sizeof to;
    // A frame cut before its checksum has none to mend.
    bpf_l4_csum_replace(skb, at + walk->layer4 + checksum, from, to, flags);
  }
  bpf_l3_csum_replace(skb, at + offsetof(struct iphdr, check), from, to, sizeof to);
  return bpf_skb_store_bytes(skb, field, &to, sizeof to, 0);
}

CODE int write_ipv4(struct __sk_buff *skb, struct walk *walk, __u32 at) {
  struct headers *is = &walk->frame.headers, *wanted = &walk->leaving.headers;
  if (write_ipv4_address(skb, walk, at, 1) < 0) return -1;
  if (write_ipv4_address(skb, walk, at, 0) < 0) return -1;
  if (is->tos == wanted->tos) return 0;
  __u8 tos = wanted->tos;
  bpf_l3_csum_replace(skb, at + offsetof(struct iphdr, check), bpf_htons(is->tos),
                      bpf_htons(tos), 2);
  return bpf_skb_store_bytes(skb, at + offsetof(struct iphdr, tos), &tos, 1, 0);
}

CODE int write_ipv6_address(struct __sk_buff *skb, struct walk *walk, __u32 at, int source) {
  struct headers *is = &walk->frame.headers, *wanted = &walk->leaving.headers;
  __be32 *from = source ? is->source : is->dest, *to = source ? wanted->source : wanted->dest;
  if (from[0] == to[0] && from[1] == to[1] && from[2] == to[2] && from[3] == to[3]) return 0;
  __u32 field = at + (source ? offsetof(struct ipv6hdr, saddr) : offsetof(struct ipv6hdr, daddr));
  int checksum = checksum_offset(is->protocol);
  if (walk->layer4 && checksum >= 0) {
    __s64 difference = bpf_csum_diff(from, 16, to, 16, 0);
    __u64 flags = BPF_F_PSEUDO_HDR | checksum_flags(is->protocol);
    __u32 where = at + walk->layer4 + checksum;
    // Kernels before 6.16 do not know the flag, without which later ones spoil what the hardware
    // summed over the whole frame.
    if (bpf_l4_csum_replace(skb, where, 0, difference, flags | BPF_F_IPV6) == -EINVAL) {
      bpf_l4_csum_replace(skb, where, 0, difference, flags);
    }
  }
  return bpf_skb_store_bytes(skb, field, to, 16, 0);
}

CODE int write_ipv6(struct __sk_buff *skb, struct walk *walk, __u32 at) {
  struct headers *is = &walk->frame.headers, *wanted = &walk->leaving.headers;
  if (write_ipv6_address(skb, walk, at, 1) < 0) return -1;
  if (write_ipv6_address(skb, walk, at, 0) < 0) return -1;
  if (is->tos == wanted->tos) return 0;
  __be16 start;
  if (bpf_skb_load_bytes(skb, at, &start, 2) < 0) return -1;
  start = (start & bpf_htons(0xf00f)) | bpf_htons(wanted->tos << 4);
  return bpf_skb_store_bytes(skb, at, &start, 2, 0);
}

CODE int write_port(struct __sk_buff *skb, struct walk *walk, __u32 at, int source) {
  struct headers *is = &walk->frame.headers, *wanted = &walk->leaving.headers;
  __be16 from = source ? is->source_port : is->dest_port;
  __be16 to = source ? wanted->source_port : wanted->dest_port;
  if (from == to || !walk->layer4) return 0;
  int checksum = checksum_offset(is->protocol);
  if (checksum >= 0) {
    bpf_l4_csum_replace(skb, at + checksum, from, to, checksum_flags(is->protocol) | sizeof to);
  }
  return bpf_skb_store_bytes(skb, at + (source ? 0 : 2), &to, sizeof to, 0);
}

// Makes the frame what the picture in walk->leaving shows.
CHECKED_ONCE int write_frame(struct __sk_buff *skb, struct walk *walk) {
  if (!walk) return -1;
  __u32 edits = walk->frame.edits | walk->leaving.edits;
  if (!edits) return 0;
  if (!walk->frame.edits) walk->frame = walk->came;
  struct headers *wanted = &walk->leaving.headers;
  if (edits & EDITED_TAGS && write_tags(skb, walk) < 0) return -1;
  if (edits & EDITED_MACS && bpf_skb_store_bytes(skb, 0, wanted, 12, 0) < 0) return -1;
  __u32 inside = walk->leaving.tags.count - (skb->vlan_present ? 1 : 0);
  if (inside > TAG_ROOM) inside = 0;
  __u32 at = ETH_HLEN + 4 * inside;
  if (edits & EDITED_IP) {
    if ((walk->ip == 4 ? write_ipv4(skb, walk, at) : write_ipv6(skb, walk, at)) < 0) return -1;
  }
  if (edits & EDITED_PORTS) {
    if (write_port(skb, walk, at + walk->layer4, 1) < 0) return -1;
    if (write_port(skb, walk, at + walk->layer4, 0) < 0) return -1;
  }
  walk->frame.headers = *wanted;
  walk->frame.edits = walk->leaving.edits;
  return 0;
}

// ---- finding the rule ----

CODE struct picture *shown(struct walk *walk) {
  return walk->now.edits ? &walk->now : &walk->came;
}

CODE struct versions *look_up(struct walk *walk, struct tuple *tuple) {
  __u64 *words = (__u64 *)&shown(walk)->headers;
  if (tuple->word[0] == NO_WORD) {
    struct wide_key key = {.space = walk->space, .tuple = tuple->id};
    for (__u32 w = 0; w < WORDS; w++) key.masked[w] = words[w] & tuple->mask[w];
    return bpf_map_lookup_elem(&wide_rules, &key);
  }
  struct narrow_key key = {.space = walk->space, .tuple = tuple->id};
  for (__u32 n = 0; n < NARROW; n++) {
    __u32 w = tuple->word[n];
    if (w < WORDS) key.masked[n] = words[w] & tuple->mask[w];
  }
  return bpf_map_lookup_elem(&rules, &key);
}

// Takes the rule of one tuple that matches, if it comes before what was found so far.
CHECKED_ONCE int consider(struct walk *walk, struct tuple *tuple) {
  if (!walk || !tuple) return -1;
  struct versions *versions = look_up(walk, tuple);
  if (!versions) return 0;
  for (int i = 0; i < 2; i++) {
    struct life life = versions->life[i];
    struct rule *rule = &versions->rule[i];
    int counts = walk->generation >= life.since && walk->generation < life.until;
    if (counts && rule->rank < walk->decided.rank) walk->decided = *rule;
  }
  return 0;
}

CODE __u32 generation_for(struct port *port, __u32 version) {
  __u32 generation = 0, newest = 0;
  for (int i = 0; i < SLOTS; i++) {
    struct slot slot = port->slot[i];
    __u32 age = version - slot.version; // those to come are older than any other
    if (slot.generation && age < 0x80000000u && (!generation || age < newest)) {
      generation = slot.generation;
      newest = age;
    }
  }
  return generation == NO_RULES ? 0 : generation;
}

CHECKED_ONCE int consider_more(struct walk *walk, __u32 tuples) {
  if (!walk) return -1;
  __u32 generation = walk->generation;
  struct more_tuples *more = bpf_map_lookup_elem(&more_tuples, &generation);
  if (!more) return 0;
  for (__u32 i = FEW_TUPLES; i < MOST_TUPLES && i < tuples; i++) {
    struct tuple *tuple = &more->tuple[i - FEW_TUPLES];
    if (walk->decided.rank < tuple->best_rank) break;
    consider(walk, tuple);
  }
  return 0;
}

// Finds the deciding rule at an in-port and leaves it in walk->decided; -1 if there is none.
CHECKED_ONCE int classify(struct __sk_buff *skb, struct walk *walk, __u32 number) {
  if (!walk) return -1;
  struct port *port = bpf_map_lookup_elem(&ports, &number);
  if (!port) return -1;
  __u32 generation = generation_for(port, walk->version);
  struct table *table = bpf_map_lookup_elem(&tables, &generation);
  if (!table) return -1;
  if (table->tuples && !walk->parsed) read_frame(skb, walk);
  walk->generation = generation;
  walk->space = table->space;
  walk->decided.rank = table->otherwise.rank;
  for (__u32 i = 0; i < FEW_TUPLES && i < table->tuples; i++) {
    if (walk->decided.rank < table->tuple[i].best_rank) break;
    consider(walk, &table->tuple[i]);
  }
  if (table->tuples > FEW_TUPLES) consider_more(walk, table->tuples);
  if (walk->decided.rank == NO_RANK) return -1;
  if (walk->decided.rank == table->otherwise.rank) walk->decided = table->otherwise;
  return 0;
}

// ---- doing what the rule says ----

CODE __u64 packets_in(struct __sk_buff *skb) {
  return skb->gso_segs ? skb->gso_segs : 1;
}

CODE void add(struct count *count, struct __sk_buff *skb) {
  count->packets += packets_in(skb);
  count->bytes += skb->len;
}

CODE void go_on_at(struct walk *walk, __u32 port) {
  __u32 next = walk->visits;
  if (next >= MOST_VISITS) return;
  struct visit *visit = &walk->visit[next];
  visit->port = port;
  visit->changed = walk->now.edits != 0;
  if (visit->changed) visit->picture = walk->now;
  walk->visits = next + 1;
}

// Sends the frame on its last way, of which the others before it got clones.
CODE int leave(struct walk *walk) {
  if (walk->pending_kind == TO_FUNCTION) return bpf_redirect_peer(walk->pending_target, 0);
  return bpf_redirect(walk->pending_target, 0);
}

CODE int wrap(struct __sk_buff *skb, struct walk *walk) {
  struct tunnel *tunnel = bpf_map_lookup_elem(&tunnels, &walk->pending);
  if (!tunnel) return -1;
  struct bpf_tunnel_key key = {.tunnel_id = tunnel->id, .tunnel_ttl = tunnel->ttl};
  __u64 flags = tunnel->ipv6 ? BPF_F_TUNINFO_IPV6 : BPF_F_ZERO_CSUM_TX;
  if (tunnel->ipv6) {
    __builtin_memcpy(key.remote_ipv6, tunnel->remote, 16);
    __builtin_memcpy(key.local_ipv6, tunnel->local, 16);
  } else {
    key.remote_ipv4 = bpf_ntohl(tunnel->remote[0]);
    key.local_ipv4 = bpf_ntohl(tunnel->local[0]);
  }
  return bpf_skb_set_tunnel_key(skb, &key, sizeof key, flags);
}

// Makes the frame ready for the port by which it is to leave.
CHECKED_ONCE int make_ready(struct __sk_buff *skb, struct walk *walk) {
  if (!walk) return -1;
  if (write_frame(skb, walk) < 0) return -1;
  return walk->pending_kind == TO_TUNNEL ? wrap(skb, walk) : 0;
}

// Remembers a port for the frame; one that was remembered before gets a clone now.
CODE void put_out(struct __sk_buff *skb, struct walk *walk, __u32 number, struct port *port) {
  if (walk->pending && make_ready(skb, walk) == 0) {
    bpf_clone_redirect(skb, walk->pending_target, 0);
  }
  walk->pending = number;
  walk->pending_kind = port->kind;
  walk->pending_target = port->target;
  walk->leaving.edits = walk->now.edits;
  if (walk->now.edits | walk->frame.edits) {
    __u32 edits = walk->now.edits;
    walk->leaving = *shown(walk);
    walk->leaving.edits = edits;
  }
  __u32 outputs = walk->outputs;
  if (outputs < MOST_OUTPUTS) {
    walk->output[outputs] = number;
    walk->outputs = outputs + 1;
  }
}

// A switch between the ports of a group, which learns where addresses are.
CHECKED_ONCE int pass_group(struct __sk_buff *skb, struct walk *walk, __u32 from, __u32 group) {
  if (!walk) return -1;
  if (!walk->parsed) read_frame(skb, walk);
  struct headers *headers = &shown(walk)->headers;
  struct member_key key = {.group = group};
  __builtin_memcpy(key.mac, headers->source_mac, 6);
  if (!(key.mac[0] & 1)) {
    __u32 *known = bpf_map_lookup_elem(&learned, &key);
    if (!known || *known != from) bpf_map_update_elem(&learned, &key, &from, BPF_ANY);
  }
  __builtin_memcpy(key.mac, headers->dest_mac, 6);
  if (!(key.mac[0] & 1)) {
    __u32 *known = bpf_map_lookup_elem(&learned, &key);
    if (known) {
      struct port *member = bpf_map_lookup_elem(&ports, known);
      int there = member && member->kind == TO_GROUP && member->target == group;
      if (there && *known != from) go_on_at(walk, *known);
      if (there) return 0;
    }
  }
  struct members *members = bpf_map_lookup_elem(&groups, &group);
  if (!members) return 0;
  for (__u32 i = 0; i < MOST_MEMBERS && i < members->count; i++) {
    if (members->port[i] != from) go_on_at(walk, members->port[i]);
  }
  return 0;
}

CHECKED_ONCE int output(struct __sk_buff *skb, struct walk *walk, __u32 number) {
  if (!walk) return -1;
  struct port *port = bpf_map_lookup_elem(&ports, &number);
  if (!port) return 0;
  struct traffic *counted = bpf_map_lookup_elem(&traffic, &number);
  if (counted) add(&counted->out, skb);
  switch (port->kind) {
  case TO_LINK:
    go_on_at(walk, port->target);
    break;
  case TO_GROUP:
    pass_group(skb, walk, number, port->target);
    break;
  case TO_DEVICE:
  case TO_FUNCTION:
  case TO_TUNNEL:
    put_out(skb, walk, number, port);
    break;
  }
  return 0;
}

CODE int has_field(struct walk *walk, __u8 frames) {
  switch (frames) {
  case OF_IPV4:
    return walk->ip == 4;
  case OF_IPV6:
    return walk->ip == 6;
  case OF_PORTS:
    return walk->has_ports;
  default:
    return 1;
  }
}

CODE void set_bytes(struct walk *walk, struct op op) {
  __u32 offset = op.offset;
  if (!has_field(walk, op.frames) || offset > sizeof(struct headers) - 4) return;
  void *field = (void *)&walk->now.headers + offset;
  if (op.bytes == 4) {
    *(__u32 *)field = op.value;
  } else {
    *(__u16 *)field = op.value;
  }
  walk->now.edits |= offset < offsetof(struct headers, ether_type)    ? EDITED_MACS
                     : offset < offsetof(struct headers, source_port) ? EDITED_IP
                                                                      : EDITED_PORTS;
}

CODE void set_tag(struct tags *tags, __u16 kept, __u16 bits) {
  __u32 count = tags->count;
  if (count == 0 || count > TAG_ROOM) return;
  tags->tci[count - 1] = (tags->tci[count - 1] & kept) | bits;
}

CODE int push_tag(struct tags *tags, __u16 tci) {
  __u32 count = tags->count;
  if (count >= TAG_ROOM) return -1;
  tags->protocol[count] = bpf_htons(ETH_P_8021Q);
  tags->tci[count] = tci;
  tags->count = count + 1;
  return 0;
}

CODE void set_dscp(struct walk *walk, __u8 dscp) {
  if (!walk->ip) return;
  walk->now.headers.tos = dscp << 2 | (walk->now.headers.tos & 3);
  walk->now.edits |= EDITED_IP;
}

// Changes the picture of the frame; -1 if it can't be changed so, and the rule must go no further.
CHECKED_ONCE int edit(struct __sk_buff *skb, struct walk *walk, __u64 packed) {
  if (!walk) return -1;
  struct op op;
  __builtin_memcpy(&op, &packed, sizeof op);
  if (!walk->parsed) read_frame(skb, walk);
  if (!walk->now.edits) {
    walk->now = walk->came;
    walk->now.edits = 0;
  }
  struct tags *tags = &walk->now.tags;
  switch (op.kind) {
  case SET_BYTES:
    set_bytes(walk, op);
    return 0;
  case SET_DSCP:
    set_dscp(walk, op.value);
    return 0;
  case PUSH_VLAN:
    if (push_tag(tags, op.value) < 0) return -1;
    break;
  case POP_VLAN:
    if (tags->count) tags->count--;
    break;
  case SET_VLAN:
    set_tag(tags, 0xf000, op.value & 0x0fff);
    break;
  case SET_PRIORITY:
    set_tag(tags, 0x1fff, op.value << 13);
    break;
  }
  show_tag(&walk->now);
  walk->now.edits |= EDITED_TAGS;
  return 0;
}

CODE int operate(struct __sk_buff *skb, struct walk *walk, struct op *op) {
  if (op->kind == OUTPUT) return output(skb, walk, op->value);
  __u64 packed;
  __builtin_memcpy(&packed, op, sizeof packed);
  return edit(skb, walk, packed);
}

CHECKED_ONCE int run_program(struct __sk_buff *skb, struct walk *walk, __u32 id) {
  if (!walk) return -1;
  struct program *program = bpf_map_lookup_elem(&programs, &id);
  if (!program) return 0;
  for (__u32 i = 0; i < MOST_PROGRAM && i < program->ops; i++) {
    if (operate(skb, walk, &program->op[i]) < 0) break;
  }
  return 0;
}

// Does what the deciding rule of one in-port says.
CHECKED_ONCE int visit(struct __sk_buff *skb, struct walk *walk, __u32 number) {
  if (!walk || number >= MOST_VISITS) return -1;
  struct visit *visit = &walk->visit[number];
  __u32 in = visit->port;
  walk->now.edits = 0;
  if (visit->changed) walk->now = visit->picture;
  struct traffic *counted = bpf_map_lookup_elem(&traffic, &in);
  if (counted) add(&counted->in, skb);
  if (classify(skb, walk, in) < 0) {
    if (counted) add(&counted->dropped, skb);
    return 0;
  }
  __u32 counter = walk->decided.counter;
  struct count *count = bpf_map_lookup_elem(&counters, &counter);
  if (count) add(count, skb);
  for (__u32 i = 0; i < MOST_OPS && i < walk->decided.ops; i++) {
    struct op *op = &walk->decided.op[i];
    int done = op->kind == CALL ? run_program(skb, walk, op->value) : operate(skb, walk, op);
    if (done < 0) break;
  }
  return 0;
}

#define TUNNEL_DEVICE 0x10000 // flag of a device whose frames belong to many ports

// The port that a frame comes in by at a device of ours; 0 if it belongs to no tunnel.
CODE __u32 in_port(struct __sk_buff *skb, struct device *device) {
  __u32 ifindex = skb->ifindex;
  if (!(device->flags & TUNNEL_DEVICE)) return device->port;
  struct bpf_tunnel_key outer = {};
  struct tunnel_key key = {.ifindex = ifindex};
  if (bpf_skb_get_tunnel_key(skb, &outer, sizeof outer, BPF_F_TUNINFO_IPV6) == 0) {
    __builtin_memcpy(key.remote, outer.remote_ipv6, 16);
  } else if (bpf_skb_get_tunnel_key(skb, &outer, sizeof outer, 0) == 0) {
    key.remote[0] = bpf_htonl(outer.remote_ipv4);
  }
  key.id = outer.tunnel_id;
  __u32 *port = bpf_map_lookup_elem(&tunnel_ports, &key);
  return port ? *port : 0;
}

SEC("tc")
int lsi(struct __sk_buff *skb) {
  __u32 zero = 0;
  __u32 ifindex = skb->ifindex;
  struct device *device = bpf_map_lookup_elem(&devices, &ifindex);
  if (!device) return TC_ACT_OK;
  __u32 port = in_port(skb, device);
  __u32 *current = bpf_map_lookup_elem(&version, &zero);
  struct walk *walk = bpf_map_lookup_elem(&walks, &zero);
  if (!current || !walk || !port) return TC_ACT_SHOT;
  walk->version = *(volatile __u32 *)current;
  walk->parsed = 0;
  walk->pending = 0;
  walk->outputs = 0;
  walk->frame.edits = 0;
  walk->visits = 1;
  walk->visit[0].port = port;
  walk->visit[0].changed = 0;
  for (__u32 v = 0; v < MOST_VISITS && v < walk->visits; v++) visit(skb, walk, v);
  if (!walk->pending || make_ready(skb, walk) < 0) return TC_ACT_SHOT;
  return leave(walk);
}

char LICENSE[] SEC("license") = "GPL";

// The control plane writes these by offset.
_Static_assert(sizeof(struct headers) == 96, "headers");
_Static_assert(sizeof(struct op) == 8, "op");
_Static_assert(sizeof(struct rule) == 80, "rule");
_Static_assert(sizeof(struct versions) == 184, "versions");
_Static_assert(sizeof(struct tuple) == 112, "tuple");
_Static_assert(sizeof(struct table) == 88 + FEW_TUPLES * 112, "table");
_Static_assert(sizeof(struct more_tuples) == 30 * 112, "more_tuples");
_Static_assert(sizeof(struct port) == 40, "port");
_Static_assert(sizeof(struct narrow_key) == 40, "narrow_key");
_Static_assert(sizeof(struct wide_key) == 104, "wide_key");
_Static_assert(sizeof(struct program) == 8 + MOST_PROGRAM * 8, "program");
_Static_assert(sizeof(struct joint) == 40, "joint");
_Static_assert(sizeof(struct tunnel) == 44, "tunnel");
_Static_assert(sizeof(struct tunnel_key) == 24, "tunnel_key");
_Static_assert(sizeof(struct members) == 4 + 4 * MOST_MEMBERS, "members");
_Static_assert(sizeof(struct traffic) == 48, "traffic");

// Tests read it by offset.
_Static_assert(offsetof(struct walk, outputs) == 36, "walk");
