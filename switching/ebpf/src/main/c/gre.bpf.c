// Ends of GRE tunnels that carry Ethernet frames (RFC 2784 with the key of RFC 2890).
//
// An end is a veth pair whose one interface is a port of LSI-0. What leaves by that port gets its
// outer headers on the way out of it (gre_out) and is handed to the machine's routing, which finds
// the neighbour. What comes in for a tunnel of ours is met at the interface where it arrives
// (gre_in), loses its outer headers and enters the LSI at the port.
//
// A frame that an IP stack sent whole for many segments stays whole, both ways: the kernel is told
// where the inner headers begin and cuts the frame where it must. It can't be told twice, so that a
// frame that was in another tunnel before, and has other headers now, is cut on the way to the
// port's peer, and its segments get their outer headers there (gre_route).
#include <linux/if_packet.h>

#include "frame.h"
#include "too_big.h"

#define MOST_TUNNELS 4096
#define EALREADY 114
#ifndef BPF_F_ADJ_ROOM_DECAP_L3_IPV4
#define BPF_F_ADJ_ROOM_DECAP_L3_IPV4 (1ull << 7) // older headers do not have it
#endif

#define GRE_CHECKSUM 0x8000
#define GRE_KEY 0x2000
#define GRE_SEQUENCE 0x1000
#define GRE_KNOWN (GRE_CHECKSUM | GRE_KEY | GRE_SEQUENCE)
#define ETH_P_BRIDGED 0x6558 // a whole Ethernet frame

// In tc_index, which stays with a frame on its way through the machine.
#define CAME_BY_GRE 0x5500 // and with so many tags as the low bits say
#define WRAPPED 0x5600     // has its outer headers

struct ends {
  __be32 local[4]; // IPv4 in the first word
  __be32 remote[4];
  __be32 key;
  __u32 ipv6;
};

struct tunnel {
  struct ends ends;
  __u32 ttl;
  __u32 underlay; // ifindex
};

// By ifindex of the port and of its peer.
PINNED_MAP(gre_tunnels, BPF_MAP_TYPE_HASH, ON_DEMAND, MOST_TUNNELS, __u32, struct tunnel);
// The ifindex of the port.
PINNED_MAP(gre_ports, BPF_MAP_TYPE_HASH, ON_DEMAND, MOST_TUNNELS, struct ends, __u32);
// Read by the control plane only; by ifindex.
PINNED_MAP(gre_underlays, BPF_MAP_TYPE_HASH, ON_DEMAND, MOST_TUNNELS, __u32, __u32);

struct gre {
  __be16 flags;
  __be16 protocol;
  __be32 key;
};

// ---- out ----

// IP and transport headers of a frame for many segments; too many bytes rather than too few.
CODE __u32 segment_headers(struct __sk_buff *skb) {
  __u32 length;
  __u8 protocol, offset;
  if (skb->protocol == bpf_htons(ETH_P_IP)) {
    struct iphdr ip;
    if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip) < 0) return 120;
    length = ip.ihl * 4;
    protocol = ip.protocol;
  } else {
    struct ipv6hdr ip;
    if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip) < 0) return 120;
    length = sizeof ip;
    protocol = ip.nexthdr;
  }
  if (protocol == IPPROTO_UDP) return length + 8;
  if (protocol != IPPROTO_TCP) return 120;
  if (bpf_skb_load_bytes(skb, ETH_HLEN + length + 12, &offset, 1) < 0) return 120;
  return length + (offset >> 4) * 4;
}

CODE int write_ipv4(struct __sk_buff *skb, struct tunnel *tunnel) {
  __u32 length = skb->len - ETH_HLEN;
  struct iphdr ip = {
      .version = 4,
      .ihl = 5,
      .tot_len = length > 0xffff ? 0 : bpf_htons(length),
      .frag_off = bpf_htons(DONT_FRAGMENT), // so that its id means nothing (RFC 6864 section 4.1)
      .ttl = tunnel->ttl,
      .protocol = IPPROTO_GRE,
      .saddr = tunnel->ends.local[0],
      .daddr = tunnel->ends.remote[0],
  };
  ip.check = folded(bpf_csum_diff(NULL, 0, (__be32 *)&ip, sizeof ip, 0));
  return bpf_skb_store_bytes(skb, ETH_HLEN, &ip, sizeof ip, 0);
}

CODE int write_ipv6(struct __sk_buff *skb, struct tunnel *tunnel) {
  __u32 length = skb->len - ETH_HLEN - sizeof(struct ipv6hdr);
  struct ipv6hdr ip = {
      .version = 6,
      .payload_len = length > 0xffff ? 0 : bpf_htons(length),
      .nexthdr = IPPROTO_GRE,
      .hop_limit = tunnel->ttl,
  };
  __builtin_memcpy(&ip.saddr, tunnel->ends.local, 16);
  __builtin_memcpy(&ip.daddr, tunnel->ends.remote, 16);
  return bpf_skb_store_bytes(skb, ETH_HLEN, &ip, sizeof ip, 0);
}

CODE __u32 room_for(struct tunnel *tunnel, struct frame *frame) {
  __u32 ip = tunnel->ends.ipv6 ? sizeof(struct ipv6hdr) : sizeof(struct iphdr);
  return ETH_HLEN + frame->tags * sizeof(struct tag) + sizeof(struct gre) + ip;
}

// Room for the outer headers behind the Ethernet header, with the kernel knowing what they are;
// that is possible for IP packets only.
CODE int make_room(struct __sk_buff *skb, struct tunnel *tunnel, struct frame *frame, __u32 room,
                   __u64 flags) {
  if (!is_ip(skb->protocol)) return skb->gso_size ? -1 : bpf_skb_change_head(skb, room, 0);
  flags |= BPF_F_ADJ_ROOM_ENCAP_L4_GRE | BPF_F_ADJ_ROOM_ENCAP_L2_ETH;
  flags |= tunnel->ends.ipv6 ? BPF_F_ADJ_ROOM_ENCAP_L3_IPV6 : BPF_F_ADJ_ROOM_ENCAP_L3_IPV4;
  flags |= BPF_F_ADJ_ROOM_ENCAP_L2(ETH_HLEN + frame->tags * sizeof(struct tag));
  return bpf_skb_adjust_room(skb, room, BPF_ADJ_ROOM_MAC, flags);
}

CODE int wrap(struct __sk_buff *skb, struct tunnel *tunnel, struct frame *frame) {
  int ipv6 = tunnel->ends.ipv6 != 0;
  __u32 ip_bytes = ipv6 ? sizeof(struct ipv6hdr) : sizeof(struct iphdr);
  struct gre gre = {
      .flags = bpf_htons(GRE_KEY),
      .protocol = bpf_htons(ETH_P_BRIDGED),
      .key = tunnel->ends.key,
  };
  struct ethhdr outer = {.h_proto = bpf_htons(ipv6 ? ETH_P_IPV6 : ETH_P_IP)};
  if (bpf_skb_store_bytes(skb, 0, &outer, sizeof outer, 0) < 0) return -1;
  if ((ipv6 ? write_ipv6(skb, tunnel) : write_ipv4(skb, tunnel)) < 0) return -1;
  if (bpf_skb_store_bytes(skb, ETH_HLEN + ip_bytes, &gre, sizeof gre, 0) < 0) return -1;
  return write_ethernet(skb, frame, ETH_HLEN + ip_bytes + sizeof gre);
}

CODE __be16 outer_protocol(struct tunnel *tunnel) {
  return bpf_htons(tunnel->ends.ipv6 ? ETH_P_IPV6 : ETH_P_IP);
}

// What bpf_skb_change_head made room for is still taken for the packet that it was.
CODE int send(struct __sk_buff *skb, struct tunnel *tunnel) {
  if (skb->protocol == outer_protocol(tunnel)) return bpf_redirect_neigh(tunnel->underlay, NULL, 0, 0);
  skb->tc_classid = WRAPPED; // from where the kernel takes tc_index
  return TC_ACT_OK;
}

// Leaves the frame to the port, which cuts what is for many segments.
CODE int pass_in_segments(struct __sk_buff *skb, struct frame *frame) {
  for (__u32 i = 0; i < TAG_ROOM; i++) {
    __u32 outer = TAG_ROOM - 1 - i;
    if (outer >= frame->tags) continue;
    struct tag *tag = &frame->tag[outer];
    if (bpf_skb_vlan_push(skb, tag->protocol, bpf_ntohs(tag->tci)) < 0) return TC_ACT_SHOT;
  }
  skb->tc_classid = 0;
  return TC_ACT_OK;
}

SEC("tc")
int gre_out(struct __sk_buff *skb) {
  __u32 ifindex = skb->ifindex;
  struct tunnel *tunnel = bpf_map_lookup_elem(&gre_tunnels, &ifindex);
  struct frame frame;
  if (!tunnel || take_tags(skb, &frame) < 0) return TC_ACT_SHOT;
  __u32 room = room_for(tunnel, &frame);
  __u32 mtu = 0;
  int checked = bpf_check_mtu(skb, tunnel->underlay, &mtu, room, 0);
  if (checked < 0) return TC_ACT_SHOT; // the underlay is gone
  __u64 flags = BPF_F_ADJ_ROOM_FIXED_GSO;
  if (skb->gso_size) {
    __u32 segment = segment_headers(skb) + skb->gso_size;
    if (segment + room > mtu) flags = 0; // the kernel makes TCP's segments shorter by the room
    if (segment > mtu) checked = 1;
  }
  if (checked > 0) return answer(skb, &frame, mtu - room, BPF_F_INGRESS);
  int made = make_room(skb, tunnel, &frame, room, flags);
  // Segments of UDP stay as they are, and those that were in another tunnel before.
  if (made < 0 && !flags) return answer(skb, &frame, mtu - room, BPF_F_INGRESS);
  if (made == -EALREADY) {
    // Cut as it is told, if the inner headers are where they were and the protocol is the outer one.
    int as_told = skb->tc_index == (CAME_BY_GRE | frame.tags);
    if (skb->protocol != outer_protocol(tunnel)) as_told = 0;
    if (skb->gso_size && !as_told) return pass_in_segments(skb, &frame);
    made = bpf_skb_change_head(skb, room, 0);
  }
  if (made < 0 || wrap(skb, tunnel, &frame) < 0) return TC_ACT_SHOT;
  return send(skb, tunnel);
}

// At the peer: the kernel now takes what is wrapped for the IP packet that it has become.
SEC("tc")
int gre_route(struct __sk_buff *skb) {
  __u32 ifindex = skb->ifindex;
  struct tunnel *tunnel = bpf_map_lookup_elem(&gre_tunnels, &ifindex);
  struct frame frame;
  if (!tunnel) return TC_ACT_SHOT;
  if (skb->tc_index == WRAPPED) return bpf_redirect_neigh(tunnel->underlay, NULL, 0, 0);
  if (skb->gso_size || take_tags(skb, &frame) < 0) return TC_ACT_SHOT;
  __u32 room = room_for(tunnel, &frame);
  __u32 mtu = 0;
  int checked = bpf_check_mtu(skb, tunnel->underlay, &mtu, room, 0);
  if (checked < 0) return TC_ACT_SHOT;
  if (checked > 0) return answer(skb, &frame, mtu - room, 0);
  if (bpf_skb_change_head(skb, room, 0) < 0 || wrap(skb, tunnel, &frame) < 0) return TC_ACT_SHOT;
  skb->tc_index = WRAPPED;
  return bpf_redirect(ifindex, BPF_F_INGRESS); // here again, as what it is now
}

// ---- in ----

// Where the GRE header begins, with the outer addresses and the end of the packet; -1 if the
// packet is another's.
CODE int read_ipv4(struct __sk_buff *skb, struct ends *ends, __u32 *end) {
  struct iphdr ip;
  if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip) < 0) return -1;
  if (ip.protocol != IPPROTO_GRE || ip.ihl < 5 || ip.frag_off & bpf_htons(0x3fff)) return -1;
  ends->local[0] = ip.daddr;
  ends->remote[0] = ip.saddr;
  *end = ETH_HLEN + bpf_ntohs(ip.tot_len);
  return ETH_HLEN + ip.ihl * 4;
}

// Linux tells with a destination option how deep tunnels may be nested (RFC 2473 section 4.1.1).
CODE int read_ipv6(struct __sk_buff *skb, struct ends *ends, __u32 *end) {
  struct ipv6hdr ip;
  if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof ip) < 0) return -1;
  __builtin_memcpy(ends->local, &ip.daddr, 16);
  __builtin_memcpy(ends->remote, &ip.saddr, 16);
  ends->ipv6 = 1;
  *end = ETH_HLEN + sizeof ip + bpf_ntohs(ip.payload_len);
  if (ip.nexthdr == IPPROTO_GRE) return ETH_HLEN + sizeof ip;
  __u8 option[2];
  if (ip.nexthdr != IPPROTO_DSTOPTS) return -1;
  if (bpf_skb_load_bytes(skb, ETH_HLEN + sizeof ip, option, sizeof option) < 0) return -1;
  return option[0] == IPPROTO_GRE ? ETH_HLEN + sizeof ip + (option[1] + 1) * 8 : -1;
}

// Where the inner frame begins; -1 if the header is none that we understand.
CODE int read_gre(struct __sk_buff *skb, __u32 at, struct ends *ends) {
  __be16 words[2];
  if (bpf_skb_load_bytes(skb, at, words, sizeof words) < 0) return -1;
  __u16 flags = bpf_ntohs(words[0]);
  if (words[1] != bpf_htons(ETH_P_BRIDGED)) return -1;
  if (!(flags & GRE_KEY) || flags & ~GRE_KNOWN) return -1;
  at += sizeof words + (flags & GRE_CHECKSUM ? 4 : 0);
  if (bpf_skb_load_bytes(skb, at, &ends->key, sizeof ends->key) < 0) return -1;
  return at + 4 + (flags & GRE_SEQUENCE ? 4 : 0);
}

// Leaves the inner frame only, without what Ethernet added to a short packet.
CODE int unwrap(struct __sk_buff *skb, __u32 inner, __u32 end) {
  struct ethhdr ethernet;
  if (bpf_skb_load_bytes(skb, inner, &ethernet, sizeof ethernet) < 0) return -1;
  __u32 least = inner + ETH_HLEN + sizeof(struct iphdr); // the kernel leaves no less
  if (end < least) end = least;
  if (!skb->gso_size && skb->len != end && bpf_skb_change_tail(skb, end, 0) < 0) return -1;
  __u64 flags = BPF_F_ADJ_ROOM_FIXED_GSO;
  if (skb->protocol == bpf_htons(ETH_P_IPV6)) flags |= BPF_F_ADJ_ROOM_DECAP_L3_IPV4;
  if (bpf_skb_adjust_room(skb, -(__s32)inner, BPF_ADJ_ROOM_MAC, flags) < 0) return -1;
  return bpf_skb_store_bytes(skb, 0, &ethernet, sizeof ethernet, 0);
}

// Where the inner network header begins is known by these, if the frame is for many segments.
CODE __u32 inner_tags(struct __sk_buff *skb) {
  __u32 at = offsetof(struct ethhdr, h_proto);
  __u32 tags = 0;
  for (__u32 i = 0; i < TAG_ROOM; i++) {
    __be16 type;
    if (bpf_skb_load_bytes(skb, at, &type, sizeof type) < 0 || !is_tag(type)) break;
    at += sizeof(struct tag);
    tags = i + 1;
  }
  return tags;
}

SEC("tc")
int gre_in(struct __sk_buff *skb) {
  struct ends ends = {};
  __u32 end = 0;
  int at = -1;
  if (skb->pkt_type != PACKET_HOST || skb->vlan_present) return TC_ACT_UNSPEC;
  if (skb->protocol == bpf_htons(ETH_P_IP)) {
    at = read_ipv4(skb, &ends, &end);
  } else if (skb->protocol == bpf_htons(ETH_P_IPV6)) {
    at = read_ipv6(skb, &ends, &end);
  }
  if (at < 0 || (!skb->gso_size && end > skb->len)) return TC_ACT_UNSPEC;
  int inner = read_gre(skb, at, &ends);
  if (inner < 0) return TC_ACT_UNSPEC;
  __u32 *port = bpf_map_lookup_elem(&gre_ports, &ends);
  if (!port) return TC_ACT_UNSPEC;
  __u32 ifindex = *port;
  struct tunnel *tunnel = bpf_map_lookup_elem(&gre_tunnels, &ifindex);
  if (!tunnel || tunnel->underlay != skb->ifindex) return TC_ACT_UNSPEC; // addresses are forged
  if (unwrap(skb, inner, end) < 0) return TC_ACT_SHOT;
  if (skb->gso_size) skb->tc_index = CAME_BY_GRE | inner_tags(skb);
  return bpf_redirect(ifindex, BPF_F_INGRESS);
}

char LICENSE[] SEC("license") = "GPL";

// The control plane writes these by offset.
_Static_assert(sizeof(struct ends) == 40, "ends");
_Static_assert(sizeof(struct tunnel) == 48, "tunnel");
