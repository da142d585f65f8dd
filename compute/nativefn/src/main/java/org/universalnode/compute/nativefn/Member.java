package org.universalnode.compute.nativefn;

import java.util.Optional;
import org.universalnode.linux.ProcessStat;

/**
 * A process of which an instance consists since its start handler ended.
 *
 * @param startTime which with the number is never another's
 * @param leads whether it was no other member's child; the end of a child is its parent's affair
 * @param name of its program
 */
record Member(int pid, long startTime, boolean leads, String name) {

  /** Empty if the line is none, or was cut off. */
  static Optional<Member> read(String line) {
    String[] words = line.split(" ", 4);
    if (words.length < 4 || !line.matches("[0-9]{1,9} [0-9]{1,18} (leader|child) .*")) {
      return Optional.empty();
    }
    return Optional.of(
        new Member(
            Integer.parseInt(words[0]),
            Long.parseLong(words[1]),
            words[2].equals("leader"),
            words[3]));
  }

  String write() {
    return "%d %d %s %s\n".formatted(pid, startTime, leads ? "leader" : "child", name);
  }

  boolean alive() {
    return ProcessStat.of(pid)
        .filter(stat -> stat.startTime() == startTime && stat.alive())
        .isPresent();
  }

  /** For people. */
  String described() {
    return "process " + pid + " (" + name + ")";
  }
}
