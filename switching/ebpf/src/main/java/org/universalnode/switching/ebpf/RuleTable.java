package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.universalnode.linux.BpfMap;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.ebpf.Operations.Operation;
import org.universalnode.switching.ebpf.PortTable.Slot;

/** The rules of one in-port in the kernel, all entries of which bear one generation. */
final class RuleTable {
  private static final int FEW_TUPLES = 2;
  private static final int TUPLE_BYTES = HeaderBits.BYTES + 16;
  private static final int OPS_IN_RULE = 8;
  private static final int NARROW = 4;
  private static final int NO_RANK = -1;
  private static final int NO_WORD = 0xff;

  static final int RULE_BYTES = 16 + OPS_IN_RULE * Operations.BYTES;
  static final int BYTES = 8 + RULE_BYTES + FEW_TUPLES * TUPLE_BYTES;
  static final int MORE_BYTES = (TupleSpace.MOST_TUPLES - FEW_TUPLES) * TUPLE_BYTES;
  static final int NARROW_KEY_BYTES = 8 + NARROW * Long.BYTES;
  static final int WIDE_KEY_BYTES = 8 + HeaderBits.BYTES;
  static final int PROGRAM_BYTES = 8 + Operations.MOST * Operations.BYTES;

  private final DataPlane plane;
  private final int generation;
  private final List<Runnable> entries = new ArrayList<>();

  private RuleTable(DataPlane plane, int generation) {
    this.plane = plane;
    this.generation = generation;
  }

  /** Numbers for what a table needs besides its rules. */
  interface Numbers extends ToIntFunction<SwitchRule> {
    /** The counter of a rule. */
    @Override
    int applyAsInt(SwitchRule rule);

    /** A program's number, never given before. */
    int nextProgram();
  }

  /** Writes a table that no frame meets yet. On failure nothing of it is left. */
  static RuleTable write(DataPlane plane, int generation, TupleSpace space, Numbers numbers) {
    RuleTable table = new RuleTable(plane, generation);
    try {
      table.write(space, numbers);
      return table;
    } catch (RuntimeException e) {
      table.remove();
      throw e;
    }
  }

  /** The table of an in-port without rules. */
  static RuleTable none(DataPlane plane) {
    return new RuleTable(plane, Slot.NO_RULES);
  }

  /** A table that an earlier process wrote; each of the entries removes one of its parts. */
  static RuleTable adopted(DataPlane plane, int generation, List<Runnable> entries) {
    RuleTable table = new RuleTable(plane, generation);
    table.entries.addAll(entries);
    return table;
  }

  int generation() {
    return generation;
  }

  /** Removes it, when no frame can meet it any more. */
  void remove() {
    entries.reversed().forEach(Runnable::run);
    entries.clear();
  }

  private void write(TupleSpace space, Numbers numbers) {
    for (int tuple = 0; tuple < space.tuples().size(); tuple++) {
      for (TupleSpace.Entry entry : space.tuples().get(tuple).entries()) {
        boolean wide = space.tuples().get(tuple).isWide();
        BpfMap rules = wide ? plane.wideRules : plane.rules;
        ByteBuffer key = rules.key().putInt(generation).putInt(tuple);
        putMasked(key, entry.value(), space.tuples().get(tuple));
        put(rules, key, rule(rules.value(), entry, numbers));
      }
    }
    if (space.tuples().size() > FEW_TUPLES) {
      ByteBuffer more = plane.moreTuples.value();
      space.tuples().stream().skip(FEW_TUPLES).forEach(tuple -> putTuple(more, tuple));
      put(plane.moreTuples, plane.moreTuples.key().putInt(generation), more);
    }
    put(plane.tables, plane.tables.key().putInt(generation), head(space, numbers));
  }

  private ByteBuffer head(TupleSpace space, Numbers numbers) {
    ByteBuffer head = plane.tables.value();
    head.putInt(space.tuples().size());
    head.putInt(space.otherwise().map(TupleSpace.Entry::rank).orElse(NO_RANK));
    ByteBuffer otherwise = head.slice(8, RULE_BYTES).order(head.order());
    space.otherwise().ifPresent(entry -> rule(otherwise, entry, numbers));
    head.position(8 + RULE_BYTES);
    space.tuples().stream().limit(FEW_TUPLES).forEach(tuple -> putTuple(head, tuple));
    return head;
  }

  private ByteBuffer rule(ByteBuffer rule, TupleSpace.Entry entry, Numbers numbers) {
    List<Operation> operations = Operations.of(entry.rule());
    if (operations.size() > OPS_IN_RULE) {
      operations = List.of(Operations.call(program(operations, numbers)));
    }
    rule.putInt(entry.rank()).putInt(numbers.applyAsInt(entry.rule()));
    rule.putInt(operations.size()).putInt(0);
    operations.forEach(op -> rule.putInt(op.head()).putInt(op.value()));
    return rule;
  }

  private int program(List<Operation> operations, Numbers numbers) {
    int number = numbers.nextProgram();
    ByteBuffer program = plane.programs.value().putInt(operations.size()).putInt(generation);
    operations.forEach(op -> program.putInt(op.head()).putInt(op.value()));
    put(plane.programs, plane.programs.key().putInt(number), program);
    return number;
  }

  private static void putMasked(ByteBuffer key, ByteBuffer value, TupleSpace.Tuple tuple) {
    if (tuple.isWide()) {
      key.put(value.duplicate().clear());
    } else {
      tuple.words().forEach(word -> key.put(value.slice(word * Long.BYTES, Long.BYTES)));
    }
  }

  private static void putTuple(ByteBuffer tuples, TupleSpace.Tuple tuple) {
    tuples.put(tuple.mask().duplicate().clear());
    for (int i = 0; i < NARROW; i++) {
      boolean used = !tuple.isWide() && i < tuple.words().size();
      tuples.put((byte) (used ? tuple.words().get(i) : NO_WORD));
    }
    tuples.putInt(tuple.isWide() ? 1 : 0).putInt(tuple.bestRank()).putInt(0);
  }

  private void put(BpfMap map, ByteBuffer key, ByteBuffer value) {
    map.put(key, value);
    entries.add(() -> map.remove(key));
  }
}
