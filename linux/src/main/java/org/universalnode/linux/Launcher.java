package org.universalnode.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Starts programs through {@code launch.c}, which lives in a sealed memory file: nothing a started
 * program does can change it, and no folder has to allow execution.
 */
final class Launcher {
  /** Exit status when the program could not be placed or executed. */
  static final int FAILED = 125;

  /** The argument that says "none". */
  static final String NONE = "-";

  private static final long F_ADD_SEALS = 1033;
  private static final long ALL_SEALS = 0xf;
  private static final Launcher INSTANCE = new Launcher();

  private final FileDescriptor program;

  private Launcher() {
    try (InputStream stream = Launcher.class.getResourceAsStream("launch")) {
      if (stream == null) {
        throw new IllegalStateException("the launcher is missing from the build");
      }
      program = sealed(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Launcher instance() {
    return INSTANCE;
  }

  LinuxProcess start(ProcessSpec spec) {
    List<String> arguments = new ArrayList<>();
    arguments.add(spec.output().toString());
    arguments.add(spec.directory().toString());
    arguments.add(spec.namespace().map(namespace -> namespace.path().toString()).orElse(NONE));
    arguments.addAll(cgroup(spec.cgroup()));
    arguments.add(spec.keeper().map(Launcher::named).orElse(NONE));
    arguments.addAll(spec.command());
    String[] environment =
        spec.environment().entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .sorted()
            .toArray(String[]::new);
    return start("run", arguments, environment);
  }

  /**
   * Starts the launcher in one of its modes.
   *
   * @param arguments as {@code launch.c} says
   */
  LinuxProcess start(String mode, List<String> arguments, String... environment) {
    List<String> all = new ArrayList<>(List.of("launch", mode));
    all.addAll(arguments);
    int pid =
        Kernel.spawn("/proc/self/fd/" + program.number(), all.toArray(String[]::new), environment);
    return LinuxProcess.child(pid);
  }

  /** The arguments that say which cgroup: its v1 folders, then its v2 folder. */
  static List<String> cgroup(Optional<ControlGroup> cgroup) {
    return List.of(
        cgroup.map(group -> joined(group.limiting())).orElse(NONE),
        cgroup.map(group -> joined(group.unified())).orElse(NONE));
  }

  private static String named(Keeper keeper) {
    return keeper.pid() + ":" + keeper.startTime();
  }

  private static String joined(List<Path> folders) {
    return folders.isEmpty()
        ? NONE
        : folders.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  private static FileDescriptor sealed(byte[] bytes) {
    FileDescriptor file = FileDescriptor.inMemory("launch");
    try (Arena arena = Arena.ofConfined()) {
      long data = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes).address();
      Kernel.call(SystemCall.WRITE, "launch", file.number(), data, bytes.length);
      Kernel.call(SystemCall.FCNTL, "seal launch", file.number(), F_ADD_SEALS, ALL_SEALS);
      return file;
    }
  }
}
