package org.universalnode.switching.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.universalnode.switching.ebpf.BpfFunction.Instruction;

/**
 * Processors that change the order of loads (ARM) keep it where the address of the later one
 * depends on what the earlier one got, even if the dependency changes nothing. Tests run on others,
 * so that only the compiled program can tell whether it is there.
 */
class LoadOrderTest {
  private static final int LOAD_WORD = 0x61;
  private static final int STORE_WORD = 0x63;
  private static final int COPY = 0xbf;
  private static final int COPY_WORD = 0xbc;
  private static final int XOR = 0xaf;
  private static final int ADD = 0x0f;
  private static final int ADD_WORD = 0x0c;
  private static final int ADD_NUMBER = 0x07;
  private static final int CALL = 0x85;
  private static final int CLASS = 7;
  private static final int WALK_ARGUMENT = 2;
  private static final int KEY_ARGUMENT = 2;
  private static final int STACK = 10;

  private final Set<Integer> walk = new HashSet<>(Set.of(WALK_ARGUMENT));
  private final Set<Integer> depending = new HashSet<>();
  private final Set<Integer> dependingOnStack = new HashSet<>();
  private int keyAt;

  @Test
  void aPortIsLookedUpAfterTheVersionWasRead() throws Exception {
    for (Instruction next : BpfFunction.of("lsi.bpf.o", "classify").instructions()) {
      if (next.code() == CALL) {
        break;
      }
      follow(next);
    }
    assertThat(dependingOnStack).contains(keyAt);
  }

  /** What depends on the version, which is the first word of the walk. */
  private void follow(Instruction next) {
    int to = next.destination();
    switch (next.code()) {
      case LOAD_WORD -> set(to, walk.contains(next.source()) && next.offset() == 0);
      case STORE_WORD -> {
        if (to == STACK && depending.contains(next.source())) {
          dependingOnStack.add(next.offset());
        }
      }
      case COPY, COPY_WORD -> {
        set(to, depending.contains(next.source()));
        if (walk.contains(next.source())) {
          walk.add(to);
        }
      }
      case XOR, ADD, ADD_WORD ->
          set(to, depending.contains(to) || depending.contains(next.source()));
      case ADD_NUMBER -> keyAt = to == KEY_ARGUMENT ? next.immediate() : keyAt;
      default -> {
        if (writesRegister(next)) {
          set(to, false);
        }
      }
    }
  }

  private void set(int register, boolean depends) {
    walk.remove(register);
    if (depends) {
      depending.add(register);
    } else {
      depending.remove(register);
    }
  }

  /** Loads and arithmetic, not stores and jumps. */
  private static boolean writesRegister(Instruction next) {
    int kind = next.code() & CLASS;
    return kind <= 1 || kind == 4 || kind == 7;
  }
}
