package org.universalnode.compute.libvirt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The process that is a virtual machine, as the kernel shows it. */
record Emulator(RunningProcess process) {
  private static final Path ALL = Path.of("/proc");
  private static final int KIBI = 1024;
  private static final Duration REAPING = Duration.ofSeconds(5);

  /** The one that runs a domain; libvirt names it in QEMU's first arguments. */
  static Optional<Emulator> of(String domain) {
    List<Emulator> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(ALL, "[0-9]*")) {
      for (Path folder : processes) {
        if (runs(folder, "guest=" + domain + ",")) {
          int pid = Integer.parseInt(String.valueOf(folder.getFileName()));
          RunningProcess.of(pid).map(Emulator::new).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().findFirst();
  }

  private static boolean runs(Path folder, String guest) {
    try {
      byte[] line = Files.readAllBytes(folder.resolve("cmdline"));
      String[] words = new String(line, StandardCharsets.UTF_8).split("\0", -1);
      return words.length > 2 && words[1].equals("-name") && words[2].startsWith(guest);
    } catch (IOException e) {
      return false; // it has ended meanwhile
    }
  }

  /** Memory that the guest has touched; what QEMU needs for itself does not count. */
  OptionalLong guestBytes() {
    return field("RssShmem:")
        .map(text -> text.replaceAll("[^0-9]", ""))
        .map(text -> OptionalLong.of(Long.parseLong(text) * KIBI))
        .orElse(OptionalLong.empty());
  }

  /** Those on which it may run. */
  Set<Integer> cores() {
    Set<Integer> all = new TreeSet<>();
    for (String range : field("Cpus_allowed_list:").orElse("").split(",", -1)) {
      if (!range.isEmpty()) {
        String[] ends = range.split("-", 2);
        int last = Integer.parseInt(ends[ends.length - 1]);
        for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
          all.add(core);
        }
      }
    }
    return all;
  }

  Duration cpu() {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /** Ends it without libvirt, and returns when it is gone. */
  void kill() {
    Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
    if (handle.isEmpty() || !process.alive()) {
      return;
    }
    handle.get().destroyForcibly();
    try {
      handle.get().onExit().get(REAPING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("process " + process.pid() + " does not end", e);
    }
  }

  private Optional<String> field(String name) {
    try {
      return Files.readAllLines(ALL.resolve(Integer.toString(process.pid())).resolve("status"))
          .stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // it has ended meanwhile
    }
  }
}
