package org.universalnode.bench.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the cores of the machine have done, whatever for, by /proc/stat (proc_stat(5)).
 *
 * <p>A core is busy when it neither idles nor waits for a disk, and the hypervisor has not taken
 * it: elapsed time of all cores less idle, iowait and steal. The kernel keeps idle time to the
 * microsecond where it stops the clock of idle cores, while the other columns are counted by ticks;
 * the file shows hundredths of a second.
 *
 * @param nanos when, as {@link System#nanoTime} has it
 * @param unusedSeconds of all cores since the machine started
 */
record CoreTime(long nanos, int cores, double unusedSeconds) {
  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every machine
  private static final int IDLE = 4;
  private static final int WAITING = 5;
  private static final int STOLEN = 8;

  static CoreTime now() {
    try {
      return of(System.nanoTime(), Files.readAllLines(Path.of("/proc/stat")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CoreTime of(long nanos, List<String> stat) {
    String[] all = stat.getFirst().split(" +", -1);
    double unused = 0;
    for (int column : List.of(IDLE, WAITING, STOLEN)) {
      unused += Long.parseLong(all[column]) / TICKS_PER_SECOND;
    }
    int cores = (int) stat.stream().filter(line -> line.matches("cpu\\d.*")).count();
    return new CoreTime(nanos, cores, unused);
  }

  double secondsSince(CoreTime before) {
    return (nanos - before.nanos) / 1e9;
  }

  /** Seconds that cores were busy, all together; at most their number times the time between. */
  double busySince(CoreTime before) {
    return cores * secondsSince(before) - (unusedSeconds - before.unusedSeconds);
  }
}
