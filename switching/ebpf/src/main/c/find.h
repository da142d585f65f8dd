// Finds the rule that decides on a frame at an in-port: tuple space search.
#pragma once

#include "read.h"

CODE struct picture *shown(struct walk *walk) {
  return walk->now.edits ? &walk->now : &walk->came;
}

CODE struct lives *look_up(struct walk *walk, struct tuple *tuple) {
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
  struct lives *lives = look_up(walk, tuple);
  if (!lives) return 0;
  for (int i = 0; i < 2; i++) {
    struct life life;
    __u64 word = *(volatile __u64 *)&lives->life[i]; // both halves of one moment
    __builtin_memcpy(&life, &word, sizeof life);
    struct rule *rule = &lives->rule[i];
    int counts = walk->generation >= life.since && walk->generation < life.until;
    if (counts && rule->rank < walk->decided.rank) walk->decided = *rule;
  }
  return 0;
}

CODE __u32 generation_for(struct port *port, __u32 version) {
  __u32 generation = 0, newest = 0;
  for (int i = 0; i < SLOTS; i++) {
    struct slot slot;
    __u64 word = *(volatile __u64 *)&port->slot[i]; // both halves of one moment
    __builtin_memcpy(&slot, &word, sizeof slot);
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
  // Slots are read after the version, also by processors that change the order of loads.
  __u32 nothing = walk->version;
  asm volatile("%0 ^= %0" : "+r"(nothing));
  number += nothing;
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
