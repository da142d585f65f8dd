package org.universalnode.bench.vpn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Processes, by number.
 *
 * @param pids in order
 */
record Census(Set<Long> pids) {
  private static final Pattern SHARE = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
  private static final double KIBI = 1024;
  private static final double MEGA = 1e6;
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every machine
  private static final int USER_TIME = 11; // behind the name, which may have blanks
  private static final int SYSTEM_TIME = 12;

  Census {
    pids = Set.copyOf(pids);
  }

  /** All that there are. */
  static Census now() {
    return new Census(
        ProcessHandle.allProcesses().map(ProcessHandle::pid).collect(Collectors.toSet()));
  }

  static Census of(Collection<ProcessHandle> processes) {
    return new Census(processes.stream().map(ProcessHandle::pid).collect(Collectors.toSet()));
  }

  /** Those that are not among the others. */
  Census without(Census others) {
    Set<Long> rest = new TreeSet<>(pids);
    rest.removeAll(others.pids);
    return new Census(rest);
  }

  /** Their share of memory in megabytes: pages that several processes have are split (PSS). */
  double megabytes() {
    return pids.stream().mapToDouble(Census::share).sum() * KIBI / MEGA;
  }

  /** Core time that they have had, each in all its threads. */
  double busySeconds() {
    return pids.stream().mapToDouble(Census::ticks).sum() / TICKS_PER_SECOND;
  }

  private static double share(long pid) {
    Matcher found = SHARE.matcher(read(pid, "smaps_rollup"));
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  private static double ticks(long pid) {
    String stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return 0;
    }
    String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Double.parseDouble(behindName[USER_TIME]) + Double.parseDouble(behindName[SYSTEM_TIME]);
  }

  /** Empty if the process has ended, or is one of the kernel's. */
  private static String read(long pid, String file) {
    Path path = Path.of("/proc", String.valueOf(pid), file);
    try {
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException e) {
      return ""; // it ended meanwhile
    }
  }
}
