// A frame without its tags, on its way into a tunnel.
#pragma once

#include "common.h"

struct tag {
  __be16 protocol;
  __be16 tci;
};

// A frame on its way out.
struct frame {
  struct ethhdr ethernet;
  struct tag tag[TAG_ROOM]; // the outermost first
  __u32 tags;
};

CODE int is_ip(__be16 type) {
  return type == bpf_htons(ETH_P_IP) || type == bpf_htons(ETH_P_IPV6);
}

CODE __be16 folded(__u64 sum) {
  sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);
  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  return ~sum;
}

// Takes all tags off, also those that the kernel keeps beside the frame.
CODE int take_tags(struct __sk_buff *skb, struct frame *frame) {
  frame->tags = 0;
  for (__u32 i = 0; i < TAG_ROOM; i++) {
    struct tag *tag = &frame->tag[i];
    if (skb->vlan_present) {
      tag->protocol = skb->vlan_proto;
      tag->tci = bpf_htons(skb->vlan_tci);
    } else if (!is_tag(skb->protocol)) {
      break;
    } else if (bpf_skb_load_bytes(skb, offsetof(struct ethhdr, h_proto), tag, sizeof *tag) < 0) {
      return -1;
    }
    if (bpf_skb_vlan_pop(skb) < 0) return -1;
    frame->tags = i + 1;
  }
  if (skb->vlan_present || is_tag(skb->protocol)) return -1;
  return bpf_skb_load_bytes(skb, 0, &frame->ethernet, sizeof frame->ethernet);
}

// Ethernet header and tags, so many bytes from the start; then comes the payload.
CODE int write_ethernet(struct __sk_buff *skb, struct frame *frame, __u32 at) {
  if (bpf_skb_store_bytes(skb, at, &frame->ethernet, 2 * ETH_ALEN, 0) < 0) return -1;
  at += 2 * ETH_ALEN;
  for (__u32 i = 0; i < TAG_ROOM && i < frame->tags; i++) {
    if (bpf_skb_store_bytes(skb, at, &frame->tag[i], sizeof(struct tag), 0) < 0) return -1;
    at += sizeof(struct tag);
  }
  return bpf_skb_store_bytes(skb, at, &frame->ethernet.h_proto, sizeof(__be16), 0);
}
