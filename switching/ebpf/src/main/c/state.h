// Frames, rules and ports as the program of the LSIs sees them, and the maps that have them. The
// control plane repeats the layouts.
#pragma once

#include "common.h"

#define MOST_TUPLES 32    // distinct masks in one table
#define FEW_TUPLES 2      // as many as most tables have
#define MOST_VISITS 64    // in-ports that one frame and its copies visit in one run
#define MOST_OPS 8        // operations in a rule itself
#define MOST_PROGRAM 64   // operations in a program of their own
#define MOST_MEMBERS 32   // ports of one learning group
#define MOST_TAGS 4       // 802.1Q tags that are looked at when a frame comes
#define MOST_EXTENSIONS 6 // IPv6 headers before the payload
#define MOST_OPTIONS 4    // options of a neighbour discovery message
#define MOST_OUTPUTS 16   // outputs that a run remembers for those who ask
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

enum { TO_DEVICE = 1, TO_FUNCTION, TO_LINK, TO_GROUP, TO_TUNNEL, TO_PREDECESSOR };

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
struct lives {
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

#define MOST_PORTS 32768
#define MOST_COUNTERS 65536

PINNED_MAP(version, BPF_MAP_TYPE_ARRAY, 0, 1, __u32, __u32);
PINNED_MAP(devices, BPF_MAP_TYPE_HASH, ON_DEMAND, 16384, __u32, struct device); // by ifindex
PINNED_MAP(ports, BPF_MAP_TYPE_ARRAY, 0, MOST_PORTS, __u32, struct port);
PINNED_MAP(tables, BPF_MAP_TYPE_HASH, ON_DEMAND, 65536, __u32, struct table); // by generation
PINNED_MAP(more_tuples, BPF_MAP_TYPE_HASH, ON_DEMAND, 65536, __u32, struct more_tuples);
PINNED_MAP(rules, BPF_MAP_TYPE_HASH, ON_DEMAND, 262144, struct narrow_key, struct lives);
PINNED_MAP(wide_rules, BPF_MAP_TYPE_HASH, ON_DEMAND, 262144, struct wide_key, struct lives);
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
  __u32 left;                 // to the predecessor's program
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
