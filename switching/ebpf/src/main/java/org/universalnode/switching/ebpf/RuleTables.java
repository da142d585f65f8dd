package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.universalnode.linux.BpfMap;
import org.universalnode.linux.Errno;
import org.universalnode.linux.GracePeriod;
import org.universalnode.linux.KernelException;
import org.universalnode.problem.Problem;
import org.universalnode.switching.LsiId;
import org.universalnode.switching.LsiPort;
import org.universalnode.switching.SwitchRule;

/**
 * The rules in the kernel, one table per in-port. A table is replaced at once: the rules of its
 * next generation are written beside the old ones, then the table points at them, and the old ones
 * go when no frame can be looking at them any more.
 */
final class RuleTables {
  static final int TABLE_BYTES = 8 + TupleSpace.MOST_TUPLES * 40;
  static final int KEY_BYTES = 16 + HeaderBits.BYTES;
  static final int RULE_BYTES = 8 + 4 * TupleSpace.MOST_OUTPUTS;

  private final BpfMap tables;
  private final BpfMap rules;
  private final GracePeriod grace;

  /** Index of the keys in the kernel's map, read from it once; only this object changes it. */
  private final Map<LsiPort, List<ByteBuffer>> keys = new HashMap<>();

  /** Never used again, so that a late removal of old rules can't meet new ones of the same key. */
  private int lastGeneration;

  RuleTables(DataPlane plane, GracePeriod grace) {
    this.tables = plane.tables();
    this.rules = plane.rules();
    this.grace = grace;
    index();
  }

  /** Replaces the table of an in-port; no rules means no table. On failure the old one stays. */
  synchronized void replace(LsiPort in, List<SwitchRule> wanted) {
    TupleSpace space = TupleSpace.of(wanted);
    int generation = ++lastGeneration;
    List<ByteBuffer> written = new ArrayList<>();
    try {
      write(in, generation, space, written);
      if (space.tuples().isEmpty()) {
        tables.remove(key(in));
      } else {
        tables.put(key(in), table(generation, space));
      }
    } catch (RuntimeException e) {
      written.forEach(rules::remove);
      throw full(e);
    }
    List<ByteBuffer> old = space.tuples().isEmpty() ? keys.remove(in) : keys.put(in, written);
    if (old != null) {
      grace.afterwards(() -> old.forEach(rules::remove));
    }
  }

  synchronized void removeAll(LsiId lsi) {
    for (LsiPort in : List.copyOf(keys.keySet())) {
      if (in.lsi().equals(lsi)) {
        replace(in, List.of());
      }
    }
  }

  /** In-ports that have rules. */
  synchronized Set<LsiPort> inPorts() {
    return Set.copyOf(keys.keySet());
  }

  /** Also drops what a process that died in the middle of a change has left. */
  private void index() {
    for (ByteBuffer key : rules.keys()) {
      lastGeneration = Math.max(lastGeneration, key.getInt(8));
      LsiPort in = new LsiPort(new LsiId(key.getInt(0)), key.getInt(4));
      if (generation(in).equals(Optional.of(key.getInt(8)))) {
        keys.computeIfAbsent(in, port -> new ArrayList<>()).add(key);
      } else {
        rules.remove(key);
      }
    }
  }

  private Optional<Integer> generation(LsiPort in) {
    return tables.get(key(in)).map(table -> table.getInt(0));
  }

  private void write(LsiPort in, int generation, TupleSpace space, List<ByteBuffer> written) {
    for (int tuple = 0; tuple < space.tuples().size(); tuple++) {
      for (TupleSpace.Entry entry : space.tuples().get(tuple).entries()) {
        ByteBuffer key = rules.key();
        key.putInt(in.lsi().number()).putInt(in.number()).putInt(generation).putInt(tuple);
        key.put(entry.value().duplicate());
        rules.put(key, rule(entry));
        written.add(key);
      }
    }
  }

  private ByteBuffer rule(TupleSpace.Entry entry) {
    ByteBuffer value = rules.value();
    value.putInt(entry.rank()).putInt(entry.outputs().size());
    entry.outputs().forEach(value::putInt);
    return value;
  }

  private ByteBuffer table(int generation, TupleSpace space) {
    ByteBuffer value = tables.value();
    value.putInt(generation).putInt(space.tuples().size());
    for (TupleSpace.Tuple tuple : space.tuples()) {
      value.put(tuple.mask().duplicate()).putInt(tuple.bestRank()).putInt(0);
    }
    return value;
  }

  private ByteBuffer key(LsiPort in) {
    return tables.key().putInt(in.lsi().number()).putInt(in.number());
  }

  private static RuntimeException full(RuntimeException e) {
    if (e instanceof KernelException kernel && kernel.errno() == Errno.E2BIG) {
      return Problem.of(Problem.Code.LIMIT, "the switch has no room for more rules")
          .next("delete graphs or rules")
          .asException();
    }
    return e;
  }
}
