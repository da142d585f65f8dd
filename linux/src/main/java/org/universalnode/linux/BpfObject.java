package org.universalnode.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.universalnode.problem.Problem;

/**
 * Loads compiled BPF objects through libbpf, which knows ELF, BTF and relocations. Maps that ask
 * for it are pinned by name; those that are pinned already are taken over with their content.
 */
@SuppressWarnings("restricted") // the C functions of libbpf
public final class BpfObject {
  private static final String LIBRARY = "libbpf.so.1";
  private static final int OPTIONS_BYTES = 96;
  private static final int LOG_BYTES = 1 << 16;
  private static final Linker LINKER = Linker.nativeLinker();

  private final SymbolLookup library;

  private BpfObject(SymbolLookup library) {
    this.library = library;
  }

  /**
   * Loads the object and pins its programs by their names.
   *
   * @param elf the compiled object
   * @param programs names of its functions
   * @param folder of a BPF file system; a program's pin replaces an older one
   */
  public static void load(byte[] elf, List<String> programs, Path folder) {
    try (Arena arena = Arena.ofConfined()) {
      new BpfObject(library(arena)).load(arena, elf, programs, folder);
    }
  }

  private void load(Arena arena, byte[] elf, List<String> programs, Path folder) {
    MemorySegment bytes = arena.allocate(elf.length, 8);
    MemorySegment.copy(elf, 0, bytes, ValueLayout.JAVA_BYTE, 0, elf.length);
    MemorySegment log = arena.allocate(LOG_BYTES);
    call("libbpf_set_print", MemorySegment.NULL);
    MemorySegment object =
        MemorySegment.ofAddress(
            call3("bpf_object__open_mem", bytes, elf.length, options(arena, folder, log)));
    if (object.equals(MemorySegment.NULL)) {
      throw Problem.of(Problem.Code.INTERNAL, "the BPF object is damaged").asException();
    }
    try {
      check("load BPF object", call("bpf_object__load", object), log);
      programs.forEach(program -> pinProgram(arena, object, program, folder.resolve(program)));
    } finally {
      call("bpf_object__close", object);
    }
  }

  private void pinProgram(Arena arena, MemorySegment object, String name, Path path) {
    MemorySegment program =
        MemorySegment.ofAddress(
            call("bpf_object__find_program_by_name", object, arena.allocateFrom(name)));
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long pinned = call("bpf_program__pin", program, arena.allocateFrom(path.toString()));
    check("pin BPF program at " + path, pinned, MemorySegment.NULL);
  }

  /** struct bpf_object_open_opts of libbpf 1.x. */
  private static MemorySegment options(Arena arena, Path folder, MemorySegment log) {
    MemorySegment options = arena.allocate(OPTIONS_BYTES, 8);
    options.set(ValueLayout.JAVA_LONG, 0, 80);
    options.set(ValueLayout.ADDRESS, 24, arena.allocateFrom(folder.toString()));
    options.set(ValueLayout.ADDRESS, 56, log);
    options.set(ValueLayout.JAVA_LONG, 64, log.byteSize());
    return options;
  }

  private static void check(String attempt, long result, MemorySegment log) {
    int error = (int) result;
    if (error < 0) {
      String said = log.equals(MemorySegment.NULL) ? "" : lastLines(log.getString(0));
      throw new KernelException(attempt, -error, said);
    }
  }

  private static String lastLines(String log) {
    return log.substring(Math.max(0, log.length() - 500)).strip();
  }

  private static SymbolLookup library(Arena arena) {
    try {
      return SymbolLookup.libraryLookup(LIBRARY, arena);
    } catch (IllegalArgumentException e) {
      throw Problem.of(Problem.Code.UNSUPPORTED, LIBRARY + " is not installed")
          .next("install libbpf (Debian package libbpf1)")
          .asException();
    }
  }

  private long call(String function, MemorySegment first) {
    return call3(function, first, 0, MemorySegment.NULL);
  }

  private long call(String function, MemorySegment first, MemorySegment second) {
    return call3(function, first, second.address(), MemorySegment.NULL);
  }

  /** All the functions we use take at most these three arguments; excess ones are ignored by C. */
  private long call3(String function, MemorySegment first, long second, MemorySegment third) {
    MethodHandle handle =
        LINKER.downcallHandle(
            library.findOrThrow(function),
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS));
    try {
      return (long) handle.invokeExact(first, second, third);
    } catch (Throwable e) {
      throw Kernel.unexpected(e);
    }
  }
}
