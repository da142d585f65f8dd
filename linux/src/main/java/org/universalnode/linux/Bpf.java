package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The commands of bpf(2) and the union of their arguments. */
final class Bpf {
  static final int MAP_LOOKUP_ELEM = 1;
  static final int MAP_UPDATE_ELEM = 2;
  static final int MAP_DELETE_ELEM = 3;
  static final int MAP_GET_NEXT_KEY = 4;
  static final int OBJ_PIN = 6;
  static final int OBJ_GET = 7;
  static final int PROG_TEST_RUN = 10;
  static final int OBJ_GET_INFO_BY_FD = 15;
  static final int MAP_LOOKUP_BATCH = 24;

  private static final int ATTRIBUTE_BYTES = 144;

  /** In both structures. */
  private static final int INFO_ID = 4;

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

  /**
   * What the kernel knows of a program or map (struct bpf_prog_info, struct bpf_map_info).
   *
   * @param bytes as many from the start as are wanted
   */
  static MemorySegment info(Arena arena, FileDescriptor object, int bytes) {
    MemorySegment info = arena.allocate(bytes, 8);
    MemorySegment attributes = attributes(arena);
    attributes.set(ValueLayout.JAVA_INT, 0, object.number());
    attributes.set(ValueLayout.JAVA_INT, 4, bytes);
    attributes.set(ValueLayout.JAVA_LONG, 8, info.address());
    call(OBJ_GET_INFO_BY_FD, "ask about a program or map", attributes);
    return info;
  }

  /** Number of a program or map, never given twice. */
  static int id(FileDescriptor object) {
    try (Arena arena = Arena.ofConfined()) {
      return info(arena, object, INFO_ID + Integer.BYTES).get(ValueLayout.JAVA_INT, INFO_ID);
    }
  }

  /**
   * Has the object pinned at {@code path}, in place of whatever is there.
   *
   * @return whether it was not
   */
  static boolean repin(FileDescriptor object, Path path) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && isPinned(object, path)) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      Files.deleteIfExists(path);
      MemorySegment attributes = attributes(arena);
      attributes.set(ValueLayout.JAVA_LONG, 0, Kernel.string(arena, path.toString()));
      attributes.set(ValueLayout.JAVA_INT, 8, object.number());
      call(OBJ_PIN, "pin " + path, attributes);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands there may be no pin at all. */
  private static boolean isPinned(FileDescriptor object, Path path) {
    try (FileDescriptor pinned = pinned(path)) {
      return id(pinned) == id(object);
    } catch (KernelException e) {
      return false;
    }
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
