// Fills the picture of a frame as it comes in.
#pragma once

#include "state.h"

CODE int has_ports(__u8 protocol) {
  return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP || protocol == IPPROTO_SCTP;
}

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
  __u8 message = bpf_ntohs(headers->source_port) >> 8;
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
