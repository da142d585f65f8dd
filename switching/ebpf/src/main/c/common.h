// What all programs of the switch share.
#pragma once

#include <stddef.h>

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define CODE static __always_inline
#define CHECKED_ONCE __noinline // not static: the verifier checks it once, whoever calls

#define TAG_ROOM 8 // 802.1Q tags that a frame may have on its way

#define PINNED_MAP(NAME, TYPE, FLAGS, ENTRIES, KEY, VALUE) \
  struct {                                                 \
    __uint(type, TYPE);                                    \
    __uint(map_flags, FLAGS);                              \
    __uint(max_entries, ENTRIES);                          \
    __type(key, KEY);                                      \
    __type(value, VALUE);                                  \
    __uint(pinning, LIBBPF_PIN_BY_NAME);                   \
  } NAME SEC(".maps")

#define ON_DEMAND BPF_F_NO_PREALLOC

CODE int is_tag(__be16 type) {
  return type == bpf_htons(ETH_P_8021Q) || type == bpf_htons(ETH_P_8021AD);
}
