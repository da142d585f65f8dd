// Answers to senders of packets that do not fit the way (RFC 1191, RFC 8201).
#pragma once

#include "frame.h"

#define QUOTE 88       // bytes of a packet that its sender gets back: the longest IP header and more
#define MOST_CUT 0xfff // bytes that the kernel takes away at once
#define MOST_CUTS 17   // of 65535
#define BEFORE_CHECKSUM 256 // more than the headers before a checksum
#define USUAL_TTL 64
#define DONT_FRAGMENT 0x4000

// ICMP's and ICMPv6's word that a packet is too big.
struct too_big {
  __u8 type;
  __u8 code;
  __be16 checksum;
  __be32 mtu;
  __u8 quote[QUOTE];
};

CODE __be16 icmp_sum(struct too_big *icmp, __u32 pseudo) {
  return folded(bpf_csum_diff(NULL, 0, (__be32 *)icmp, sizeof *icmp, pseudo));
}

CODE int answer_ipv4(struct __sk_buff *skb, struct too_big *icmp, __u32 at) {
  struct iphdr *asked = (struct iphdr *)icmp->quote;
  if (asked->frag_off & bpf_htons(0x1fff)) return -1;
  icmp->type = 3;
  icmp->code = 4;
  icmp->checksum = icmp_sum(icmp, 0);
  struct iphdr ip = {
      .version = 4,
      .ihl = 5,
      .tot_len = bpf_htons(sizeof ip + sizeof *icmp),
      .frag_off = bpf_htons(DONT_FRAGMENT),
      .ttl = USUAL_TTL,
      .protocol = IPPROTO_ICMP,
      .saddr = asked->daddr,
      .daddr = asked->saddr,
  };
  ip.check = folded(bpf_csum_diff(NULL, 0, (__be32 *)&ip, sizeof ip, 0));
  return bpf_skb_store_bytes(skb, at, &ip, sizeof ip, 0);
}

CODE int answer_ipv6(struct __sk_buff *skb, struct too_big *icmp, __u32 at) {
  struct ipv6hdr *asked = (struct ipv6hdr *)icmp->quote;
  struct ipv6hdr ip = {
      .version = 6,
      .payload_len = bpf_htons(sizeof *icmp),
      .nexthdr = IPPROTO_ICMPV6,
      .hop_limit = USUAL_TTL,
      .saddr = asked->daddr,
      .daddr = asked->saddr,
  };
  __be32 rest[2] = {bpf_htonl(sizeof *icmp), bpf_htonl(IPPROTO_ICMPV6)};
  __u32 pseudo = bpf_csum_diff(NULL, 0, (__be32 *)&ip.saddr, 32, 0);
  pseudo = bpf_csum_diff(NULL, 0, rest, sizeof rest, pseudo);
  icmp->type = 2;
  icmp->checksum = icmp_sum(icmp, pseudo);
  return bpf_skb_store_bytes(skb, at, &ip, sizeof ip, 0);
}

// Errors, and what went to many, are not answered (RFC 1122 section 3.2.2, RFC 4443 section 2.4).
CODE int may_answer(struct frame *frame, struct too_big *icmp) {
  __u8 *packet = icmp->quote;
  if ((frame->ethernet.h_dest[0] | frame->ethernet.h_source[0]) & 1) return 0;
  if (frame->ethernet.h_proto == bpf_htons(ETH_P_IPV6)) {
    return packet[6] != IPPROTO_ICMPV6 || packet[40] >= 128;
  }
  __u32 type = (packet[0] & 15) == 5 ? packet[20] : 3;
  return packet[9] != IPPROTO_ICMP || type == 0 || type == 8;
}

// The content does not matter. Bytes are taken from the front, because the kernel then forgets the
// checksum that it was to calculate, and does not mind if the frame came by a tunnel; a frame for
// many segments can lose its end only, and then is one for itself.
CODE int shorten(struct __sk_buff *skb, __u32 bytes) {
  if (skb->gso_size && bpf_skb_change_tail(skb, bytes + BEFORE_CHECKSUM, 0) < 0) return -1;
  for (__u32 i = 0; i < MOST_CUTS && skb->len > bytes; i++) {
    __u32 excess = skb->len - bytes;
    __s32 cut = excess > MOST_CUT ? MOST_CUT : excess;
    if (bpf_skb_adjust_room(skb, -cut, BPF_ADJ_ROOM_MAC, 0) < 0) return -1;
  }
  return skb->len == bytes ? 0 : -1;
}

// Has the LSI get an answer at the port, as if it came from the other end.
//
// direction: BPF_F_INGRESS at the port itself; 0 at its peer
CODE int answer(struct __sk_buff *skb, struct frame *frame, __u32 mtu, __u64 direction) {
  struct too_big icmp = {.mtu = bpf_htonl(mtu)};
  int ipv6 = skb->protocol == bpf_htons(ETH_P_IPV6);
  if (!is_ip(skb->protocol)) return TC_ACT_SHOT;
  if (bpf_skb_load_bytes(skb, ETH_HLEN, icmp.quote, QUOTE) < 0) return TC_ACT_SHOT;
  if (!may_answer(frame, &icmp)) return TC_ACT_SHOT;
  __u32 ip_bytes = ipv6 ? sizeof(struct ipv6hdr) : sizeof(struct iphdr);
  __u32 at = ETH_HLEN + frame->tags * sizeof(struct tag);
  __u32 room = at + ip_bytes + offsetof(struct too_big, quote) - ETH_HLEN;
  if (shorten(skb, ETH_HLEN + QUOTE) < 0) return TC_ACT_SHOT;
  if (bpf_skb_change_head(skb, room, 0) < 0) return TC_ACT_SHOT;
  if ((ipv6 ? answer_ipv6(skb, &icmp, at) : answer_ipv4(skb, &icmp, at)) < 0) return TC_ACT_SHOT;
  if (bpf_skb_store_bytes(skb, at + ip_bytes, &icmp, sizeof icmp, 0) < 0) return TC_ACT_SHOT;
  __u8 sender[ETH_ALEN];
  __builtin_memcpy(sender, frame->ethernet.h_source, ETH_ALEN);
  __builtin_memcpy(frame->ethernet.h_source, frame->ethernet.h_dest, ETH_ALEN);
  __builtin_memcpy(frame->ethernet.h_dest, sender, ETH_ALEN);
  if (write_ethernet(skb, frame, 0) < 0) return TC_ACT_SHOT;
  return bpf_redirect(skb->ifindex, direction);
}
