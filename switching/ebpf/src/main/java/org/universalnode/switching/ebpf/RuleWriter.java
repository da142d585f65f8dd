package org.universalnode.switching.ebpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.universalnode.switching.SwitchRule;
import org.universalnode.switching.ebpf.Operations.Operation;

/** Writes rules as the data plane reads them, what one does at length as a program of its own. */
final class RuleWriter {
  private static final int OPS_IN_RULE = 8;
  private static final long NO_RANK = -1;

  static final int COUNTER_AT = 8;
  static final int BYTES = 16 + OPS_IN_RULE * Operations.BYTES;

  /** Where a program says which store it belongs to. */
  static final int STORE_AT = 4;

  static final int PROGRAM_BYTES = 8 + Operations.MOST * Operations.BYTES;

  private final DataPlane plane;
  private final Numbers numbers;

  /** Numbers for what rules need. */
  interface Numbers extends ToIntFunction<SwitchRule> {
    /** The counter of a rule. */
    @Override
    int applyAsInt(SwitchRule rule);

    /** A program's number, never given before. */
    int nextProgram();
  }

  /**
   * A rule in the kernel's form.
   *
   * @param program key of the program that it calls
   */
  record Written(ByteBuffer bytes, Optional<ByteBuffer> program) {}

  RuleWriter(DataPlane plane, Numbers numbers) {
    this.plane = plane;
    this.numbers = numbers;
  }

  /** The rule; its program, if it needs one, is in the kernel. */
  Written write(int space, TupleSpace.Entry entry) {
    List<Operation> operations = Operations.of(entry.rule());
    int counter = numbers.applyAsInt(entry.rule());
    Optional<ByteBuffer> program = Optional.empty();
    if (operations.size() > OPS_IN_RULE) {
      int number = numbers.nextProgram();
      program = Optional.of(plane.programs.key().putInt(number));
      plane.programs.put(program.get(), program(space, operations));
      operations = List.of(Operations.call(number));
    }
    ByteBuffer rule = empty().putLong(entry.rank()).putInt(counter).putInt(operations.size());
    operations.forEach(op -> rule.putInt(op.head()).putInt(op.value()));
    return new Written(rule.clear(), program);
  }

  /** Stands where there is no rule. */
  static ByteBuffer none() {
    return empty().putLong(NO_RANK).clear();
  }

  private static ByteBuffer empty() {
    return ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
  }

  private ByteBuffer program(int space, List<Operation> operations) {
    ByteBuffer program = plane.programs.value().putInt(operations.size()).putInt(space);
    operations.forEach(op -> program.putInt(op.head()).putInt(op.value()));
    return program;
  }
}
