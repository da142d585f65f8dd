package org.universalnode.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The one door to the kernel: a generic system call with errno, and the few C functions we need.
 */
@SuppressWarnings("restricted") // this is the one place that calls C
final class Kernel {
  private static final int MOST_ARGUMENTS = 6;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET =
      STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SYSCALL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("syscall"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG),
          Linker.Option.captureCallState("errno"),
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle POSIX_SPAWN =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("posix_spawn"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS));

  private Kernel() {}

  /**
   * Makes a system call.
   *
   * @return its result, or minus errno
   */
  static long attempt(SystemCall call, long... arguments) {
    long[] all = Arrays.copyOf(arguments, MOST_ARGUMENTS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result =
          (long)
              SYSCALL.invokeExact(
                  state, call.number(), all[0], all[1], all[2], all[3], all[4], all[5]);
      return result == -1 ? -state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET) : result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Makes a system call that must succeed.
   *
   * @param object what the call is about, for the error: a path, a name, a flag
   */
  static long call(SystemCall call, String object, long... arguments) {
    long result = attempt(call, arguments);
    if (result < 0) {
      throw new KernelException(call + "(" + object + ")", (int) -result);
    }
    return result;
  }

  /**
   * posix_spawn(3) with default attributes.
   *
   * @return the process id of the child
   */
  static int spawn(String path, String[] arguments, String[] environment) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
      int error =
          (int)
              POSIX_SPAWN.invokeExact(
                  pid,
                  arena.allocateFrom(path),
                  MemorySegment.NULL,
                  MemorySegment.NULL,
                  strings(arena, arguments),
                  strings(arena, environment));
      if (error != 0) {
        throw new KernelException("posix_spawn(" + path + ")", error);
      }
      return pid.get(ValueLayout.JAVA_INT, 0);
    } catch (KernelException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The address of {@code text} as a C string that lives as long as {@code arena}. */
  static long string(Arena arena, String text) {
    return arena.allocateFrom(text).address();
  }

  static AssertionError unexpected(Throwable e) {
    return new AssertionError("a native call threw", e);
  }

  private static MemorySegment strings(Arena arena, String[] texts) {
    MemorySegment array = arena.allocate(ValueLayout.ADDRESS, texts.length + 1L);
    for (int i = 0; i < texts.length; i++) {
      array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(texts[i]));
    }
    return array;
  }
}
