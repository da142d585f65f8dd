package org.universalnode.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What /proc/PID/status says of a process (proc_pid_status(5)).
 *
 * @param blocked mask of the signals that it has blocked, the first in the lowest bit
 */
record ProcessStatus(long blocked) {
  private static final String BLOCKED = "SigBlk:";

  /** Empty if there is no such process any more. */
  static Optional<ProcessStatus> of(int pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Integer.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(BLOCKED))
          .map(line -> line.substring(BLOCKED.length()).strip())
          .map(mask -> new ProcessStatus(Long.parseUnsignedLong(mask, 16)))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // it has ended
    }
  }
}
