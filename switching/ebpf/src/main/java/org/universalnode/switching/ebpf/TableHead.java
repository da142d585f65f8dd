package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.universalnode.switching.ebpf.RuleWriter.Written;

/** One generation of an in-port's table: at which masks to look, and the rule for all the rest. */
final class TableHead {
  private static final int FEW_TUPLES = 2;
  private static final int TUPLE_BYTES = HeaderImage.BYTES + 16;
  private static final int NO_WORD = 0xff;

  /** Where it says which store has its rules. */
  static final int STORE_AT = 4;

  /** Where it has the counter of the rule for all the rest. */
  static final int COUNTER_AT = 8 + RuleWriter.COUNTER_AT;

  static final int BYTES = 8 + RuleWriter.BYTES + FEW_TUPLES * TUPLE_BYTES;
  static final int MORE_BYTES = (TupleSpace.MOST_TUPLES - FEW_TUPLES) * TUPLE_BYTES;

  private final DataPlane plane;
  private final List<Runnable> entries = new ArrayList<>();

  /**
   * A head's number.
   *
   * @param store number of the store that has the rules
   */
  record Generation(int number, int store) {}

  private TableHead(DataPlane plane) {
    this.plane = plane;
  }

  /** Writes it; no frame meets it yet. On failure nothing of it is left. */
  static TableHead write(
      DataPlane plane, Generation generation, TupleSpace space, RuleWriter writer) {
    TableHead head = new TableHead(plane);
    try {
      head.write(generation, space, writer);
      return head;
    } catch (RuntimeException e) {
      head.remove();
      throw e;
    }
  }

  /** Removes it, when no frame can meet it any more. */
  void remove() {
    entries.reversed().forEach(Runnable::run);
    entries.clear();
  }

  private void write(Generation generation, TupleSpace space, RuleWriter writer) {
    ByteBuffer head = plane.tables.value().putInt(space.tuples().size()).putInt(generation.store());
    head.put(otherwise(generation.store(), space, writer));
    space.tuples().stream().limit(FEW_TUPLES).forEach(tuple -> putTuple(head, tuple));
    if (space.tuples().size() > FEW_TUPLES) {
      ByteBuffer more = plane.moreTuples.value();
      space.tuples().stream().skip(FEW_TUPLES).forEach(tuple -> putTuple(more, tuple));
      put(plane.moreTuples, plane.moreTuples.key().putInt(generation.number()), more);
    }
    put(plane.tables, plane.tables.key().putInt(generation.number()), head);
  }

  private ByteBuffer otherwise(int store, TupleSpace space, RuleWriter writer) {
    if (space.otherwise().isEmpty()) {
      return RuleWriter.none();
    }
    Written rule = writer.write(store, space.otherwise().get());
    rule.program().ifPresent(key -> entries.add(() -> plane.programs.remove(key)));
    return rule.bytes().duplicate();
  }

  private static void putTuple(ByteBuffer tuples, TupleSpace.Tuple tuple) {
    tuples.put(tuple.mask().bytes());
    for (int i = 0; i < TupleSpace.NARROW; i++) {
      boolean used = !tuple.isWide() && i < tuple.mask().words().size();
      tuples.put((byte) (used ? tuple.mask().words().get(i) : NO_WORD));
    }
    tuples.putInt(tuple.id()).putLong(tuple.bestRank());
  }

  private void put(OwnMap map, ByteBuffer key, ByteBuffer value) {
    map.put(key, value);
    entries.add(() -> map.remove(key));
  }
}
