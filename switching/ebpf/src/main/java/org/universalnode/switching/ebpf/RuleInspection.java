package org.universalnode.switching.ebpf;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.universalnode.linux.BpfMap;

/**
 * One look at all rules in the kernel, of which none is changed meanwhile.
 *
 * @param wrong stores that lack an entry, or have one that is not as it was written
 */
record RuleInspection(Set<RuleStore> wrong) {

  RuleInspection(DataPlane plane, Collection<RuleStore> stores) {
    this(new HashSet<>());
    Map<Integer, RuleStore> byNumber = new HashMap<>();
    stores.forEach(store -> byNumber.put(store.number(), store));
    Map<RuleStore, Integer> found = new HashMap<>();
    for (BpfMap map : new BpfMap[] {plane.rules, plane.wideRules}) {
      map.forEach(
          (key, value) -> {
            RuleStore store = byNumber.get(key.getInt(0));
            if (store != null && store.has(map, key, value)) {
              found.merge(store, 1, Integer::sum);
            } else if (store != null) {
              wrong.add(store);
            }
          });
    }
    stores.stream()
        .filter(store -> found.getOrDefault(store, 0) != store.size())
        .forEach(wrong::add);
  }
}
