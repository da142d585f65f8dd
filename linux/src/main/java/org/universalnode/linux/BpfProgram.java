package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** A pinned BPF program of the traffic control kind, and the links that run it. */
public final class BpfProgram implements AutoCloseable {
  private static final int BPF_TCX_INGRESS = 46;
  private static final int LINK_INFO_BYTES = 64;

  private final FileDescriptor descriptor;

  private BpfProgram(FileDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  public static BpfProgram pinned(Path path) {
    return new BpfProgram(Bpf.pinned(path));
  }

  /**
   * Runs this program on every packet that a link of the calling thread's namespace receives, until
   * the pin at {@code path} is removed or the link is deleted (tcx, Linux 6.6).
   */
  public void attachIngress(Link link, Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = Bpf.attributes(arena);
      attributes.set(ValueLayout.JAVA_INT, 0, descriptor.number());
      attributes.set(ValueLayout.JAVA_INT, 4, link.index());
      attributes.set(ValueLayout.JAVA_INT, 8, BPF_TCX_INGRESS);
      String what = "attach to " + link.name();
      try (FileDescriptor attached =
          new FileDescriptor(Bpf.call(Bpf.LINK_CREATE, what, attributes))) {
        Bpf.pin(attached, path);
      }
    }
  }

  /** Index of the link to which what is pinned at {@code path} is attached; 0 if it is gone. */
  public static int attachedTo(Path path) {
    try (Arena arena = Arena.ofConfined();
        FileDescriptor attached = Bpf.pinned(path)) {
      MemorySegment info = arena.allocate(LINK_INFO_BYTES, 8);
      MemorySegment attributes = Bpf.attributes(arena);
      attributes.set(ValueLayout.JAVA_INT, 0, attached.number());
      attributes.set(ValueLayout.JAVA_INT, 4, LINK_INFO_BYTES);
      attributes.set(ValueLayout.JAVA_LONG, 8, info.address());
      Bpf.call(Bpf.OBJ_GET_INFO_BY_FD, "inspect " + path, attributes);
      return info.get(ValueLayout.JAVA_INT, 16);
    }
  }

  /** Makes what is attached and pinned at {@code path} run this program from the next packet on. */
  public void replaceAt(Path path) {
    try (Arena arena = Arena.ofConfined();
        FileDescriptor attached = Bpf.pinned(path)) {
      MemorySegment attributes = Bpf.attributes(arena);
      attributes.set(ValueLayout.JAVA_INT, 0, attached.number());
      attributes.set(ValueLayout.JAVA_INT, 4, descriptor.number());
      Bpf.call(Bpf.LINK_UPDATE, "replace program at " + path, attributes);
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
