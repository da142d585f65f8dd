package org.universalnode.linux;

import java.nio.file.Path;

/** A pinned BPF program of the traffic control kind. */
public final class BpfProgram implements AutoCloseable {
  private final FileDescriptor descriptor;

  private BpfProgram(FileDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  public static BpfProgram pinned(Path path) {
    return new BpfProgram(Bpf.pinned(path));
  }

  int fd() {
    return descriptor.number();
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
