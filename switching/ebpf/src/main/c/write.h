// Writes into a frame in what its picture differs from it.
#pragma once

#include "state.h"

#define BPF_F_IPV6 (1ull << 7) // of bpf_l4_csum_replace; older headers do not have it
#define EINVAL 22

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
