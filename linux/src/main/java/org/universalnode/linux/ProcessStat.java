package org.universalnode.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the kernel says of a process (proc_pid_stat(5)). Number and start time together are never
 * another's.
 *
 * @param name of its program, 15 characters at most
 * @param parent number of its parent, 0 if that is in no pid namespace of ours
 * @param startTime in clock ticks since the machine was started
 * @param exitCode as wait(2) has it, of a process that has ended but is not yet waited for
 */
public record ProcessStat(int pid, String name, int parent, long startTime, OptionalInt exitCode) {
  private static final int STATE = 0; // the third field of all
  private static final int PARENT = 1;
  private static final int START_TIME = 19;
  private static final int EXIT_CODE = 49;

  /** Empty if there is no such process any more. */
  public static Optional<ProcessStat> of(int pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"));
      int end = stat.lastIndexOf(')'); // the name may hold blanks and parentheses
      return Optional.of(
          parse(pid, stat.substring(stat.indexOf('(') + 1, end), stat.substring(end + 2)));
    } catch (IOException e) {
      return Optional.empty(); // it has ended
    }
  }

  /** Whether it has not ended; one that is not waited for has. */
  public boolean alive() {
    return exitCode.isEmpty();
  }

  private static ProcessStat parse(int pid, String name, String rest) {
    String[] fields = rest.strip().split(" ", -1);
    boolean ended = "ZX".contains(fields[STATE]);
    return new ProcessStat(
        pid,
        name,
        Integer.parseInt(fields[PARENT]),
        Long.parseLong(fields[START_TIME]),
        ended && fields.length > EXIT_CODE
            ? OptionalInt.of(Integer.parseInt(fields[EXIT_CODE]))
            : ended ? OptionalInt.of(0) : OptionalInt.empty());
  }
}
