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
#include "find.h"
#include "write.h"

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
  case TO_PREDECESSOR:
    walk->left = 1;
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
#define PREDECESSOR_BEHIND 0x20000 // and of one where a predecessor's program comes next

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
  walk->left = 0;
  walk->frame.edits = 0;
  walk->visits = 1;
  walk->visit[0].port = port;
  walk->visit[0].changed = 0;
  for (__u32 v = 0; v < MOST_VISITS && v < walk->visits; v++) visit(skb, walk, v);
  // An LSI that today's maps lack: the predecessor gets the frame as it came.
  if (walk->left && !walk->outputs && device->flags & PREDECESSOR_BEHIND) return TC_ACT_UNSPEC;
  if (!walk->pending || make_ready(skb, walk) < 0) return TC_ACT_SHOT;
  return leave(walk);
}

char LICENSE[] SEC("license") = "GPL";

// The control plane writes these by offset.
_Static_assert(sizeof(struct headers) == 96, "headers");
_Static_assert(sizeof(struct op) == 8, "op");
_Static_assert(sizeof(struct rule) == 80, "rule");
_Static_assert(sizeof(struct lives) == 184, "lives");
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
