package org.universalnode.compute.libvirt;

import java.util.Optional;
import org.universalnode.linux.ProcessStat;

/**
 * The process of an instance.
 *
 * @param startTime which with the number is never another's
 * @param name of its program
 */
record RunningProcess(int pid, long startTime, String name) {

  /** Empty if the line is none, or was cut off. */
  static Optional<RunningProcess> read(String line) {
    if (!line.matches("[0-9]{1,9} [0-9]{1,18} .*")) {
      return Optional.empty();
    }
    String[] words = line.split(" ", 3);
    return Optional.of(
        new RunningProcess(Integer.parseInt(words[0]), Long.parseLong(words[1]), words[2]));
  }

  String write() {
    return pid + " " + startTime + " " + name.replaceAll("[^ -~]", "?");
  }

  static Optional<RunningProcess> of(int pid) {
    return ProcessStat.of(pid)
        .filter(ProcessStat::alive)
        .map(stat -> new RunningProcess(pid, stat.startTime(), stat.name()));
  }

  boolean alive() {
    return ProcessStat.of(pid)
        .filter(stat -> stat.startTime() == startTime && stat.alive())
        .isPresent();
  }
}
