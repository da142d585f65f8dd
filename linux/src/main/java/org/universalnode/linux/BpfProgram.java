package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** A pinned BPF program of the traffic control kind. */
public final class BpfProgram implements AutoCloseable {
  /** struct bpf_prog_info up to its verified_insns. */
  private static final int INFO_BYTES = 224;

  private static final int INFO_VERIFIED = 216;

  private final FileDescriptor descriptor;

  private BpfProgram(FileDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  public static BpfProgram pinned(Path path) {
    return new BpfProgram(Bpf.pinned(path));
  }

  /** How many instructions the kernel's verifier followed before it let the program in. */
  public int verifiedInstructions() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = Bpf.info(arena, descriptor, INFO_BYTES);
      return info.get(ValueLayout.JAVA_INT, INFO_VERIFIED);
    }
  }

  /** The kernel's number for the program, never given twice. */
  public int id() {
    return Bpf.id(descriptor);
  }

  /**
   * Has it pinned there, in place of whatever is there.
   *
   * @return whether it was not
   */
  public boolean repin(Path path) {
    return Bpf.repin(descriptor, path);
  }

  int fd() {
    return descriptor.number();
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
