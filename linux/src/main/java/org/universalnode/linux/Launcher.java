package org.universalnode.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Starts programs through {@code launch.c}, which lives in a sealed memory file: nothing a started
 * program does can change it, and no folder has to allow execution.
 */
final class Launcher {
  /** Exit status when the program could not be placed or executed. */
  static final int FAILED = 125;

  private static final long MFD_CLOEXEC = 1;
  private static final long MFD_ALLOW_SEALING = 2;
  private static final long F_ADD_SEALS = 1033;
  private static final long ALL_SEALS = 0xf;
  private static final Launcher INSTANCE = new Launcher();

  private final FileDescriptor program;

  private Launcher() {
    try (InputStream stream = Launcher.class.getResourceAsStream("launch")) {
      if (stream == null) {
        throw new IllegalStateException("the launcher is missing from the build");
      }
      program = memoryFile(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Launcher instance() {
    return INSTANCE;
  }

  LinuxProcess start(ProcessSpec spec) {
    List<String> arguments = new ArrayList<>();
    arguments.add("launch");
    arguments.add(spec.output().toString());
    arguments.add(spec.directory().toString());
    arguments.add(spec.namespace().map(namespace -> namespace.path().toString()).orElse("-"));
    arguments.add(spec.cgroup().map(cgroup -> joined(cgroup.limiting())).orElse("-"));
    arguments.add(spec.cgroup().map(cgroup -> joined(cgroup.unified())).orElse("-"));
    arguments.addAll(spec.command());
    String[] environment =
        spec.environment().entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .sorted()
            .toArray(String[]::new);
    int pid =
        Kernel.spawn(
            "/proc/self/fd/" + program.number(), arguments.toArray(String[]::new), environment);
    return LinuxProcess.child(pid);
  }

  private static String joined(List<Path> folders) {
    return folders.isEmpty()
        ? "-"
        : folders.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  private static FileDescriptor memoryFile(byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      long name = Kernel.string(arena, "launch");
      FileDescriptor file =
          new FileDescriptor(
              Kernel.call(
                  SystemCall.MEMFD_CREATE, "launch", name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
      long data = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes).address();
      Kernel.call(SystemCall.WRITE, "launch", file.number(), data, bytes.length);
      Kernel.call(SystemCall.FCNTL, "seal launch", file.number(), F_ADD_SEALS, ALL_SEALS);
      return file;
    }
  }
}
