package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** The commands of bpf(2) and the union of their arguments. */
final class Bpf {
  static final int MAP_LOOKUP_ELEM = 1;
  static final int MAP_UPDATE_ELEM = 2;
  static final int MAP_DELETE_ELEM = 3;
  static final int MAP_GET_NEXT_KEY = 4;
  static final int OBJ_GET = 7;
  static final int PROG_TEST_RUN = 10;
  static final int OBJ_GET_INFO_BY_FD = 15;

  private static final int ATTRIBUTE_BYTES = 144;

  private Bpf() {}

  static MemorySegment attributes(Arena arena) {
    return arena.allocate(ATTRIBUTE_BYTES, 8);
  }

  /** Result, or minus errno. */
  static long attempt(int command, MemorySegment attributes) {
    return Kernel.attempt(SystemCall.BPF, command, attributes.address(), ATTRIBUTE_BYTES);
  }

  static long call(int command, String what, MemorySegment attributes) {
    long result = attempt(command, attributes);
    if (result < 0) {
      throw new KernelException("bpf " + what, (int) -result);
    }
    return result;
  }

  /** Opens what is pinned at {@code path}. */
  static FileDescriptor pinned(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = attributes(arena);
      attributes.set(ValueLayout.JAVA_LONG, 0, Kernel.string(arena, path.toString()));
      return new FileDescriptor(call(OBJ_GET, "open " + path, attributes));
    }
  }
}
